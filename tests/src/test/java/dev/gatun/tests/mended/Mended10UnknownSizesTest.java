package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.Lstm;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Issue D, number 10: {@code warmUp(Shape.of(-1,12,6))} said "expected (None, 12, 6), got (None, 12, 6)". */
final class Mended10UnknownSizesTest {

    private static final Shape OPEN = Shape.of(-1, 12, 6);

    @TestFactory
    List<DynamicTest> whoeverNeedsKnownSizesSaysWhichAreUnknown() {
        Map<String, Executable> doors = new LinkedHashMap<>();
        doors.put("warmUp", () -> withModel(model -> model.warmUp(OPEN)));
        doors.put("execution",
                () -> withModel(model -> model.network().execution(List.of(OPEN), ExecutionMode.INFERENCE)));
        doors.put("training execution",
                () -> withModel(model -> model.network().execution(List.of(OPEN), ExecutionMode.TRAINING)));
        doors.put("newExecution",
                () -> withModel(model -> model.network().newExecution(List.of(OPEN), ExecutionMode.INFERENCE,
                        model.network().team())));
        doors.put("newExecution of a stream",
                () -> withModel(model -> model.network().newExecution(List.of(Shape.of(-1, 1, 6)),
                        ExecutionMode.STREAMING, model.network().team())));
        doors.put("Tensor", () -> new Tensor(MemorySegment.ofArray(new float[72]), 0, OPEN, 6));
        doors.put("Tensor.zeros", () -> Tensor.zeros(-1, 12, 6));
        doors.put("Tensor.of", () -> Tensor.of(new float[72], -1, 12, 6));
        doors.put("reshape", () -> Tensor.zeros(72).reshape(-1, 12, 6));
        doors.put("tensor of an arena", () -> {
            try (TensorArena arena = TensorArena.open("unknown")) {
                arena.tensor("x", OPEN);
            }
        });
        doors.put("elements", OPEN::elements);
        doors.put("floatBytes", OPEN::floatBytes);
        return doors.entrySet().stream().map(door -> DynamicTest.dynamicTest(door.getKey(), () -> {
            String message = assertThrows(ShapeException.class, door.getValue()).getMessage();
            assertTrue(message.contains("axis 0") && message.contains("unknown") && message.contains("give")
                    || message.contains("axis 0") && message.contains("once every axis has a size"), message);
        })).toList();
    }

    private static void withModel(java.util.function.Consumer<Model> use) {
        Input input = Input.shape(12, 6);
        try (Model model = Model.of(input, Lstm.units(3).on(input))) {
            use.accept(model);
        }
    }
}
