package dev.mailservice.e2e.bench.stall;

import java.util.List;

/**
 * One server's life: all that was measured, times in milliseconds.
 *
 * @param run in which turn, from 0 on
 * @param messages under which it was measured
 * @param safepoints each one's length
 * @param reaching how long the first threads waited for the last in each
 * @param collections each one's length
 * @param classLoads each one's length
 * @param warmUpSafepoints each one's length, of those since it served and before the load
 * @param warmUpClassLoads each one's length, of those since it served and before the load
 * @param banners what its clients saw
 * @param listenerBanners what the same clients saw of the listener in the load generator's process
 */
record SingleRun(
    int run,
    long messages,
    List<Double> safepoints,
    List<Double> reaching,
    List<Double> collections,
    List<Double> classLoads,
    List<Double> warmUpSafepoints,
    List<Double> warmUpClassLoads,
    Banners banners,
    Banners listenerBanners) {}
