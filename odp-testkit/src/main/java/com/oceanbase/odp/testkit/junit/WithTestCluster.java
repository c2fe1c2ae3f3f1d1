package com.oceanbase.odp.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a {@link com.oceanbase.odp.testkit.cluster.TestCluster} as parameter of its methods or constructor.
 *
 * <p>Classes with the same settings share one cluster, which is reset before each test and closed when the JVM's tests
 * end. Classes with other settings get another cluster (another kernel: about 640 MB).
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TestClusterExtension.class)
@Tag("kernel")
public @interface WithTestCluster {

    /** Name of the cluster. */
    String name() default "demo";

    /** Number of nodes. */
    int nodes() default 3;

    /** Whether session variables are told as numbers, as a cluster of several real servers does. */
    boolean numericVariables() default false;
}
