package dev.gatun.tests.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a user sees is Java's, memory's and the face's own: no public or protected signature of the face shows a type of the
/// engine, of plans or of the runtime, but for those listed here, each with its reason.
final class FaceTest {

    private static final Set<String> FACE = Set.of("dev.gatun.memory", "dev.gatun.layers", "dev.gatun.layers.graph",
            "dev.gatun.layers.value", "dev.gatun.layers.onnx",
            "dev.gatun.layers.model", "dev.gatun.layers.nested", "dev.gatun.layers.serve", "dev.gatun.layers.train");

    /** A layer of a user's own is planned and run by the engine, so its contract shows what that takes. */
    private static final Map<String, Set<String>> CONTRACT_OF_OWN_LAYERS = Map.of(
            "dev.gatun.layers.BuiltLayer", Set.of("plan.ExecutionMode", "plan.Operation", "plan.PlanContext"),
            "dev.gatun.layers.WeightlessLayer", Set.of("plan.ExecutionMode", "plan.Operation", "plan.PlanContext"),
            "dev.gatun.layers.WeightSpec", Set.of("engine.gemm.WeightLayout"),
            "dev.gatun.layers.ActivationFunction", Set.of("engine.function.ActivationFormula"));

    /** Doors that Gatun's own modules use: what lies behind a model, and the threads it runs on. */
    private static final Map<String, Set<String>> FOR_OUR_MODULES = Map.of(
            "dev.gatun.layers.model.Model", Set.of("runtime.Network", "runtime.Networked"),
            "dev.gatun.layers.serve.ModelStream", Set.of("runtime.Network"),
            "dev.gatun.layers.serve.Predictor", Set.of("runtime.Network"),
            "dev.gatun.layers.train.Trainer", Set.of("runtime.Networked"),
            "dev.gatun.layers.train.Training", Set.of("runtime.Network"),
            "dev.gatun.layers.train.TrainingState", Set.of("runtime.Networked", "runtime.Progress"),
            "dev.gatun.layers.train.OptimizerState", Set.of("engine.team.Team"));

    @Test
    void theFaceShowsNothingOfWhatLiesBelow() {
        Map<String, Set<String>> expected = new TreeMap<>(CONTRACT_OF_OWN_LAYERS);
        expected.putAll(FOR_OUR_MODULES);
        Map<String, Set<String>> shown = new TreeMap<>();
        int classes = 0;
        for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(FACE)) {
            if (FACE.contains(type.getPackageName()) && isVisible(type)) {
                classes++;
                Set<String> below = below(type);
                if (!below.isEmpty()) {
                    shown.put(type.getName(), below);
                }
            }
        }
        assertEquals(expected, shown);
        assertTrue(classes > 80, "only " + classes + " classes of the face were found");
    }

    private static Set<String> below(JavaClass type) {
        Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaType> members = type.getMembers().stream().filter(FaceTest::isVisible).flatMap(FaceTest::types);
        Set<String> below = new TreeSet<>();
        Stream.concat(parents, members)
                .flatMap(shown -> shown.getAllInvolvedRawTypes().stream())
                .filter(shown -> !isOfTheFace(shown))
                .map(shown -> shown.getName().replaceFirst("^dev\\.gatun\\.(layers\\.)?", ""))
                .forEach(below::add);
        return below;
    }

    private static boolean isOfTheFace(JavaClass shown) {
        return shown.isPrimitive() || shown.getPackageName().startsWith("java.")
                || FACE.contains(shown.getPackageName());
    }

    private static Stream<JavaType> types(JavaMember member) {
        return switch (member) {
            case JavaField field -> Stream.of(field.getType());
            case JavaCodeUnit unit -> Stream.of(
                    Stream.of(unit.getReturnType()),
                    unit.getParameterTypes().stream(),
                    unit.getTypeParameters().stream(),
                    unit.getExceptionTypes().stream()).flatMap(types -> types);
            default -> throw new IllegalArgumentException("What is " + member + "?");
        };
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers()) && type.getEnclosingClass().map(FaceTest::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return isVisible(member.getModifiers()) && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
