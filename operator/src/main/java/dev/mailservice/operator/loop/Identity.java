package dev.mailservice.operator.loop;

/**
 * Who this process is among the operators.
 *
 * @param name no other process's
 */
record Identity(String name) {}
