// Sends a job's messages by nodemailer; see ../README.md.
import { readFileSync } from "node:fs";
import { createTransport } from "nodemailer";

const job = JSON.parse(readFileSync(0, "utf8"));
const transport = createTransport({
  host: job.host,
  port: job.port,
  name: "client.test",
  secure: false,
  requireTLS: job.startTls,
  ignoreTLS: !job.startTls,
  tls: { rejectUnauthorized: false },
  auth: job.user ? { user: job.user, pass: job.password } : undefined,
  pool: true,
  maxConnections: 1,
});

const line = (reply) => reply.replaceAll(/\s+/g, " ");

function reportRecipients(errors) {
  for (const error of errors ?? []) {
    console.log(`rcpt ${error.recipient} ${line(error.response)}`);
  }
}

for (const { from, to, file } of job.messages) {
  const raw = readFileSync(file);
  const use8BitMime = raw.some((byte) => byte > 127);
  try {
    const info = await transport.sendMail({ envelope: { from, to, use8BitMime }, raw });
    reportRecipients(info.rejectedErrors);
    console.log(`message ${line(info.response)}`);
  } catch (error) {
    reportRecipients(error.rejectedErrors);
    console.log(`message ${error.response ? line(error.response) : `error ${error.message}`}`);
  }
}
transport.close();
