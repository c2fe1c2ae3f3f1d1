package com.oceanbase.odp.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of ARCHITECTURE.md, over the classes of all modules that make up the server. */
class ArchitectureTest {
    private static final String ROOT = "com.oceanbase.odp";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Who may use whom, beside itself. The poms say the same; this also catches what comes transitively. */
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "common", Set.of(),
            "protocol", Set.of("common"),
            "sql", Set.of("common"),
            "config", Set.of("common"),
            "topology", Set.of("common", "config"),
            "routing", Set.of("common", "config", "sql", "topology"),
            "proxy", Set.of("common", "config", "sql", "topology", "protocol", "routing"),
            "control", Set.of("common", "config", "sql", "topology", "protocol", "routing"));

    /** Their code runs on event loops, which must never wait. */
    private static final String[] ON_EVENT_LOOPS = {ROOT + ".protocol..", ROOT + ".routing..", ROOT + ".proxy.."};

    /** Called by the thread that starts and stops the server. */
    private static final String START_AND_STOP = ROOT + ".proxy.service..";

    private static String[] packagesOf(Stream<String> modules) {
        return modules.map(module -> ROOT + "." + module + "..").toArray(String[]::new);
    }

    @Test
    void seesEveryModule() {
        for (String module : MAY_USE.keySet()) {
            assertThat(CLASSES.containPackage(ROOT + "." + module) || hasClassesBelow(module))
                    .as("classes of module %s are on the class path", module)
                    .isTrue();
        }
    }

    private static boolean hasClassesBelow(String module) {
        return CLASSES.stream().anyMatch(type -> type.getPackageName().startsWith(ROOT + "." + module + "."));
    }

    @TestFactory
    Stream<DynamicTest> modulesUseOnlyWhatLiesBelowThem() {
        return MAY_USE.entrySet().stream().map(entry -> {
            String module = entry.getKey();
            Stream<String> forbidden = Stream.concat(MAY_USE.keySet().stream(), Stream.of("server", "testkit", "it"))
                    .filter(other -> !other.equals(module) && !entry.getValue().contains(other));
            return DynamicTest.dynamicTest(
                    module,
                    () -> noClasses()
                            .that()
                            .resideInAPackage(ROOT + "." + module + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(packagesOf(forbidden))
                            .check(CLASSES));
        });
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyNetworkModulesKnowNetty() {
        noClasses()
                .that()
                .resideInAnyPackage(packagesOf(Stream.of("common", "sql", "config", "topology", "routing")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void channelHandlersLiveAtTheWire() {
        classes()
                .that()
                .areAssignableTo(ChannelHandler.class)
                .and()
                .areNotAssignableTo(ChannelInitializer.class)
                .should()
                .resideInAnyPackage(
                        ROOT + ".protocol.frame..",
                        ROOT + ".protocol.compress..",
                        ROOT + ".protocol.ob20..",
                        ROOT + ".proxy.pipeline..",
                        ROOT + ".proxy.frontend..",
                        ROOT + ".proxy.backend..",
                        ROOT + ".control.inner..")
                .check(CLASSES);
    }

    @Test
    void eventLoopsNeverWait() {
        DescribedPredicate<JavaMethodCall> waiting = DescribedPredicate.describe(
                "wait for something", call -> isWaiting(call.getTargetOwner(), call.getName()));
        classes()
                .that()
                .resideInAnyPackage(ON_EVENT_LOOPS)
                .and()
                .resideOutsideOfPackage(START_AND_STOP)
                .should(never(callMethodWhere(waiting)))
                .check(CLASSES);
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(ON_EVENT_LOOPS)
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .check(CLASSES);
    }

    private static boolean isWaiting(JavaClass owner, String method) {
        if (owner.isAssignableTo(Thread.class)) {
            return method.equals("sleep") || method.equals("join");
        }
        if (owner.isAssignableTo(Future.class) || owner.isAssignableTo(CompletionStage.class)) {
            return Set.of("get", "join", "sync", "syncUninterruptibly").contains(method) || method.startsWith("await");
        }
        return owner.isAssignableTo(Object.class) && method.equals("wait");
    }

    @Test
    void eventLoopsUseNoLocksFilesOrJdbc() {
        noClasses()
                .that()
                .resideInAnyPackage(ON_EVENT_LOOPS)
                .should(dependOnClassesThat(resideInAnyPackage("java.util.concurrent.locks..", "java.sql..")
                        .or(nameMatching("java\\.io\\.(File.*|RandomAccessFile)"))
                        .or(nameMatching("java\\.nio\\.file\\..*"))))
                .check(CLASSES);
    }

    @Test
    void packetsAreRecords() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".protocol.packet")
                .and()
                .containAnyMethodsThat(DescribedPredicate.describe(
                        "decode",
                        method -> method.getName().equals("decode")
                                && method.getModifiers().contains(JavaModifier.STATIC)))
                .should()
                .beRecords()
                .check(CLASSES);
    }

    @Test
    void publicFieldsAreFinal() {
        fields().that().arePublic().should().beFinal().check(CLASSES);
    }

    @Test
    void exceptionsAreDefinedInOnePlace() {
        classes()
                .that(assignableTo(Throwable.class))
                .and()
                .haveSimpleNameEndingWith("Exception")
                .should()
                .resideInAPackage(ROOT + ".common.error")
                .check(CLASSES);
    }

    @Test
    void packagesAreNamedForWhatTheyDo() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..utils..", "..misc..", "..manager..", "..managers..", "..helper..", "..helpers..")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLASSES.stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName))
                .isEmpty();
    }
}
