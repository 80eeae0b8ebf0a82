package dev.gatun.layers.plan;

import dev.gatun.memory.MemoryPlan;
import dev.gatun.memory.Shape;

/** Makes the values a model's inputs are copied into. */
public final class InputValue {

    private InputValue() {}

    /** Has a gradient only if the purpose wants those of inputs. */
    public static Value allocate(String name, Shape shape, Purpose purpose, MemoryPlan memory) {
        return Value.allocate(name, shape, purpose.gradients() && purpose.inputGradients(), memory);
    }
}
