"""Sends a job's messages by Python's smtplib; see ../README.md."""

import json
import smtplib
import ssl
import sys


def text(reply):
    return reply.decode("utf-8", "replace").replace("\n", " ")


def report_recipients(recipients):
    for address, (code, reply) in recipients.items():
        print("rcpt", address, code, text(reply))


class Reporting(smtplib.SMTP):
    """Keeps the reply to the message, which sendmail() does not hand out."""

    last = (-1, b"")

    def data(self, msg):
        self.last = super().data(msg)
        return self.last


def send(smtp, message):
    with open(message["file"], "rb") as file:
        content = file.read()
    options = ["BODY=8BITMIME"] if any(byte > 127 for byte in content) else []
    if message["smtpUtf8"]:
        options.append("SMTPUTF8")
    try:
        report_recipients(smtp.sendmail(message["from"], message["to"], content, options))
        print("message", smtp.last[0], text(smtp.last[1]))
    except smtplib.SMTPRecipientsRefused as refused:
        report_recipients(refused.recipients)
        print("message error no recipient was accepted")
    except smtplib.SMTPResponseException as refused:
        print("message", refused.smtp_code, text(refused.smtp_error))
    except (smtplib.SMTPException, OSError) as failure:
        print("message error", failure)


def main():
    job = json.load(sys.stdin)
    with Reporting(job["host"], job["port"], local_hostname="client.test", timeout=30) as smtp:
        if job["startTls"]:
            anybody = ssl.create_default_context()
            anybody.check_hostname = False
            anybody.verify_mode = ssl.CERT_NONE
            smtp.starttls(context=anybody)
        if job["user"]:
            try:
                smtp.login(job["user"], job["password"])
            except smtplib.SMTPAuthenticationError as refused:
                print("message", refused.smtp_code, text(refused.smtp_error))
                return
        for message in job["messages"]:
            send(smtp, message)


main()
