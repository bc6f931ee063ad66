/** The real cluster that integration tests share, and what is said when there can be none. */
package dev.mailservice.e2e.cluster;
