package com.oceanbase.odp.testkit.junit;

import com.oceanbase.odp.testkit.cluster.ClusterOptions;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts clusters for {@link WithTestCluster}, shares them and resets them before each test. */
public final class TestClusterExtension implements BeforeEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(TestClusterExtension.class);

    private record Settings(String name, int nodes, boolean numericVariables) {}

    @Override
    public void beforeEach(ExtensionContext context) {
        cluster(context).reset();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster(context);
    }

    private static TestCluster cluster(ExtensionContext context) {
        WithTestCluster wanted = AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), WithTestCluster.class, context.getEnclosingTestClasses())
                .orElseThrow(() -> new IllegalStateException("annotate the class with @WithTestCluster"));
        Settings settings = new Settings(wanted.name(), wanted.nodes(), wanted.numericVariables());
        // The root store lives as long as all test classes; it closes what is AutoCloseable.
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        settings,
                        key -> TestCluster.start(ClusterOptions.forTests()
                                .withNodes(key.nodes)
                                .withName(key.name)
                                .withNumericVariables(key.numericVariables)),
                        TestCluster.class);
    }
}
