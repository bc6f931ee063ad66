// Sends a job's messages by Go's net/smtp; see ../README.md.
package main

import (
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/smtp"
	"net/textproto"
	"os"
	"strconv"
	"strings"
)

type message struct {
	From string
	To   []string
	File string
}

type job struct {
	Host     string
	Port     int
	StartTLS bool
	User     string
	Password string
	Messages []message
}

func main() {
	var j job
	if err := json.NewDecoder(os.Stdin).Decode(&j); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := run(j); err != nil {
		report("message", err)
	}
}

func run(j job) error {
	client, err := smtp.Dial(net.JoinHostPort(j.Host, strconv.Itoa(j.Port)))
	if err != nil {
		return err
	}
	defer client.Close()
	if err := client.Hello("client.test"); err != nil {
		return err
	}
	if j.StartTLS {
		if err := client.StartTLS(&tls.Config{InsecureSkipVerify: true}); err != nil {
			return err
		}
	}
	if j.User != "" {
		if err := client.Auth(smtp.PlainAuth("", j.User, j.Password, j.Host)); err != nil {
			return err
		}
	}
	for _, m := range j.Messages {
		if err := send(client, m); err != nil {
			report("message", err)
			if err := client.Reset(); err != nil {
				return err
			}
			continue
		}
		// Close of the writer hides the reply's text; it fails unless that is a 250.
		fmt.Println("message 250")
	}
	return client.Quit()
}

func send(client *smtp.Client, m message) error {
	content, err := os.ReadFile(m.File)
	if err != nil {
		return err
	}
	if err := client.Mail(m.From); err != nil {
		return err
	}
	accepted := 0
	for _, to := range m.To {
		if err := client.Rcpt(to); err != nil {
			report("rcpt "+to, err)
			continue
		}
		accepted++
	}
	if accepted == 0 {
		return errors.New("no recipient was accepted")
	}
	data, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := data.Write(content); err != nil {
		return err
	}
	return data.Close()
}

func report(what string, err error) {
	var reply *textproto.Error
	if errors.As(err, &reply) {
		fmt.Println(what, reply.Code, strings.ReplaceAll(reply.Msg, "\n", " "))
		return
	}
	fmt.Println(what, "error", err)
}
