module mailservice.dev/clients/netsmtp

go 1.24.0
