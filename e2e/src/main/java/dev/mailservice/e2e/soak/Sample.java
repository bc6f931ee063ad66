package dev.mailservice.e2e.soak;

/**
 * What a server takes at a moment.
 *
 * @param seconds since the load began
 * @param connections accepted since the server started
 * @param active slots taken
 * @param liveHeap bytes of live objects
 * @param residentMemory bytes
 * @param threads of the operating system
 * @param fileDescriptors open files and sockets
 */
public record Sample(
    double seconds,
    double connections,
    double active,
    double liveHeap,
    double residentMemory,
    double threads,
    double fileDescriptors) {}
