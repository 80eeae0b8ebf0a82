package dev.gatun.tests.house;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.gatun.engine.start.KernelWarmUp;
import dev.gatun.engine.start.TrainingWarmUp;
import dev.gatun.engine.team.Team;
import java.lang.ref.Cleaner;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Holds the arrows between the rooms and inside the engine: memory <- engine <- layers <- formats <- cli, and
/// memory <- data <- cli.
@AnalyzeClasses(packages = "dev.gatun", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String MEMORY = "dev.gatun.memory..";
    private static final String DATA = "dev.gatun.data..";
    private static final String ENGINE = "dev.gatun.engine..";
    private static final String LAYERS = "dev.gatun.layers..";
    private static final String ONNX = "dev.gatun.layers.onnx..";
    private static final String FORMATS = "dev.gatun.formats..";
    private static final String CLI = "dev.gatun.cli..";

    private static final String CPU = "dev.gatun.engine.cpu..";
    private static final String KERNEL = "dev.gatun.engine.kernel..";
    private static final String SCALAR = "dev.gatun.engine.kernel.scalar..";
    private static final String BLOCK = "dev.gatun.engine.block..";
    private static final String GEMM = "dev.gatun.engine.gemm..";
    private static final String RNN = "dev.gatun.engine.rnn..";
    private static final String CELL = "dev.gatun.engine.cell..";
    private static final String TEAM = "dev.gatun.engine.team..";
    private static final String VECTOR = "jdk.incubator.vector..";

    /// A kernel that does not say which class its segments have is slow in some processes: see [OffHeap].
    @ArchTest
    static final ArchRule KERNELS_KNOW_THEIR_SEGMENTS = methods().that()
            .areDeclaredInClassesThat().resideInAPackage("dev.gatun.engine.kernel")
            .and().arePublic()
            .and(describe("load vectors", method -> calls(method, "fromMemorySegment")))
            .should(have(describe("a call of OffHeap.known", method -> calls(method, "known"))));

    private static boolean calls(JavaMethod method, String name) {
        return method.getMethodCallsFromSelf().stream().anyMatch(call -> call.getName().equals(name));
    }

    @ArchTest
    static final ArchRule MEMORY_USES_THE_JDK_ONLY = usesOnly(MEMORY, "java..", MEMORY);

    @ArchTest
    static final ArchRule DATA_USES_MEMORY_AND_THE_JDK = usesOnly(DATA, "java..", MEMORY, DATA);

    @ArchTest
    static final ArchRule FORMATS_KNOW_NO_SERIES = usesNone(FORMATS, DATA);

    @ArchTest
    static final ArchRule DATES_KNOW_NO_SERIES = usesNone("dev.gatun.data.time..", "dev.gatun.data");

    @ArchTest
    static final ArchRule ENGINE_USES_MEMORY_AND_THE_JDK = usesOnly(ENGINE, "java..", VECTOR, MEMORY, ENGINE);

    @ArchTest
    static final ArchRule LAYERS_USE_ENGINE_MEMORY_AND_THE_JDK = usesOnly(LAYERS, "java..", MEMORY, ENGINE, LAYERS);

    @ArchTest
    static final ArchRule FORMATS_DO_NOT_KNOW_THE_COMMAND_LINE = usesNone(FORMATS, CLI);

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_BENCHMARKS_OR_TESTS = noClasses()
            .that().resideInAnyPackage(MEMORY, DATA, ENGINE, LAYERS, FORMATS, CLI)
            .should().dependOnClassesThat().resideInAnyPackage("dev.gatun.perf..", "dev.gatun.tests..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule KERNELS_KNOW_NO_PLANS = usesNone(KERNEL, BLOCK, GEMM, RNN, CELL, TEAM);

    @ArchTest
    static final ArchRule BLOCKS_KNOW_KERNELS_ONLY = usesNone(BLOCK, GEMM, RNN, CELL, TEAM);

    @ArchTest
    static final ArchRule PRODUCTS_KNOW_NO_RECURRENCE = usesNone(GEMM, RNN, CELL);

    @ArchTest
    static final ArchRule THE_RECURRENT_LOOP_KNOWS_NO_CELL = usesNone(RNN, CELL);

    @ArchTest
    static final ArchRule SCALAR_TWINS_ARE_SCALAR = usesNone(SCALAR, VECTOR);

    @ArchTest
    static final ArchRule CPU_DEPENDS_ON_NOTHING_ELSE_IN_THE_ENGINE = usesOnly(CPU, "java..", VECTOR, CPU);

    @ArchTest
    static final ArchRule THE_ENGINE_HAS_NO_CYCLES = slices().matching("dev.gatun.engine.(*)..").should()
            .beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_MODULE_HAS_CYCLES_BETWEEN_PACKAGES = slices().matching("dev.gatun.(**)").should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_GRAPH_KNOWS_NO_MEMORY_OF_A_MODEL = usesNone("dev.gatun.layers.graph..",
            "dev.gatun.layers.runtime..", "dev.gatun.layers.train..", "dev.gatun.layers.serve..",
            "dev.gatun.layers.model..");

    @ArchTest
    static final ArchRule THE_RUNTIME_KNOWS_NEITHER_TRAINING_NOR_SERVING = usesNone("dev.gatun.layers.runtime..",
            "dev.gatun.layers.train..", "dev.gatun.layers.serve..", "dev.gatun.layers.model..");

    @ArchTest
    static final ArchRule NOTHING_BELOW_KNOWS_THE_FACE = usesNoneOutside("dev.gatun.layers.model..", LAYERS,
            "dev.gatun.layers.model..");

    @ArchTest
    static final ArchRule ONLY_ITS_FOLDER_KNOWS_WHAT_A_LAYER_BUILDS = usesNoneOutside("dev.gatun.layers.type..",
            "dev.gatun..", "dev.gatun.layers.type.(*)..");

    /**
     * Of a layer's class the root has the options; whoever else names one beside its folder makes decisions about it. ONNX does
     * not name layers: what maps its operators has to.
     */
    @ArchTest
    static final ArchRule NOBODY_ASKS_WHICH_LAYER_IT_IS = noClasses()
            .that().resideInAnyPackage("dev.gatun.layers.graph..", "dev.gatun.layers.runtime..",
                    "dev.gatun.layers.train..", "dev.gatun.layers.serve..", "dev.gatun.layers.model..", FORMATS)
            .and().resideOutsideOfPackage("dev.gatun.formats.onnx.mapping..")
            .should().dependOnClassesThat().haveNameMatching(
                    "dev\\.gatun\\.layers\\.(Lstm|Gru|SimpleRnn|GatedLayer|RecurrentLayer|Bidirectional|Dense|Dropout|Activation|Permute|TimeDistributed)");

    /** Where the processor has none, the JDK's makes objects and takes 300 ns. */
    @ArchTest
    static final ArchRule FMA_IS_ASKED_OF_ONE_CLASS = noClasses()
            .that().resideInAnyPackage("dev.gatun.engine..", "dev.gatun.layers..")
            .and().doNotHaveFullyQualifiedName("dev.gatun.engine.cpu.Fma")
            .should().callMethod(Math.class, "fma", float.class, float.class, float.class);

    @ArchTest
    static final ArchRule LAYERS_ROOT_AND_PLAN_LOOK_DOWN_ONLY = classes()
            .that().resideInAnyPackage("dev.gatun.layers", "dev.gatun.layers.plan", "dev.gatun.layers.value")
            .should().onlyDependOnClassesThat().resideInAnyPackage(
                    "java..", MEMORY, ENGINE, "dev.gatun.layers", "dev.gatun.layers.plan", "dev.gatun.layers.value",
                    ONNX);

    @ArchTest
    static final ArchRule ONNX_NODES_KNOW_NO_LAYER = usesOnly(ONNX, "java..", MEMORY, ONNX);

    @ArchTest
    static final ArchRule LAYERS_CHOOSE_NO_KERNELS = usesNone(LAYERS, KERNEL);

    @ArchTest
    static final ArchRule ONLY_A_REPORT_ASKS_WHICH_KERNELS_RUN = noClasses()
            .that().resideInAPackage(LAYERS).and().doNotHaveSimpleName("WarmUp")
            .should().dependOnClassesThat().haveFullyQualifiedName("dev.gatun.engine.cpu.KernelChoice");

    /** And what all recurrent layers have, a folder that knows none of them. */
    @ArchTest
    static final ArchRule A_LAYERS_FOLDER_KNOWS_ITSELF_AND_THE_CONTRACT = slices()
            .matching("dev.gatun.layers.type.(*)..").should().notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.gatun.layers.type.recurrent.."));

    @ArchTest
    static final ArchRule NO_FOLDER_KNOWS_MODELS = usesNone(
            "dev.gatun.layers.type..", "dev.gatun.layers.model..", "dev.gatun.layers.train..",
            "dev.gatun.layers.serve..");

    /// A record is made by whoever reads a file or compares two things; nobody expects that to start a thread. Kernels are
    /// warmed up when a model is planned, and the threads of a team belong to whoever made the team.
    @ArchTest
    static final ArchRule RECORDS_START_NO_THREADS = noClasses().that().areRecords()
            .should().dependOnClassesThat().belongToAnyOf(Thread.class, Thread.Builder.class, Executor.class,
                    CompletableFuture.class, Timer.class, Cleaner.class, KernelWarmUp.class,
                    TrainingWarmUp.class)
            .orShould().callConstructorWhere(target(owner(type(Team.class))));

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .should().haveNameMatching(".*(Util|Utils|Manager|Helper|Helpers)(\\$.*)?")
            .because("such a name says nothing; name the thing the class is");

    private static ArchRule usesOnly(String room, String... allowed) {
        return classes().that().resideInAPackage(room)
                .should().onlyDependOnClassesThat().resideInAnyPackage(allowed)
                .allowEmptyShould(true);
    }

    /** A corner of a room may use them. */
    private static ArchRule usesNoneOutside(String corner, String room, String... forbidden) {
        return noClasses().that().resideInAPackage(room).and().resideOutsideOfPackage(corner)
                .should().dependOnClassesThat().resideInAnyPackage(forbidden);
    }

    private static ArchRule usesNone(String room, String... forbidden) {
        return noClasses().that().resideInAPackage(room)
                .should().dependOnClassesThat().resideInAnyPackage(forbidden)
                .allowEmptyShould(true);
    }
}
