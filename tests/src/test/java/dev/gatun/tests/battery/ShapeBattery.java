package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.tests.Positional;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer that takes other shapes, or more values, than most: each test says what an instance does not take. */
abstract class ShapeBattery extends LayerBattery {

    /** Shapes of calls that are refused. */
    abstract List<List<Shape>> unfit(Instance instance);

    @Override
    @ParameterizedTest
    @MethodSource("instances")
    void wrongShapesAreRefusedByItsName(Instance instance) {
        assertFalse(unfit(instance).isEmpty());
        for (List<Shape> shapes : unfit(instance)) {
            String said = assertThrows(ShapeException.class,
                    () -> Positional.outputs(instance.layer(), Positional.build(instance.layer(), NAME, shapes),
                            shapes),
                    () -> instance + " given " + shapes).getMessage();
            assertTrue(said.contains(QUOTED) && said.contains(shapes.getFirst().toString()), said);
        }
    }
}
