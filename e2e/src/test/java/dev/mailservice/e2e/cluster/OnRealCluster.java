package dev.mailservice.e2e.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Needs the project's own cluster: it is started if it is not up, and then taken down in the end. A
 * test may ask for a {@link dev.mailservice.e2e.demo.LocalCluster}. Such tests run one at a time.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedCluster.class)
@ResourceLock("the local cluster")
public @interface OnRealCluster {}
