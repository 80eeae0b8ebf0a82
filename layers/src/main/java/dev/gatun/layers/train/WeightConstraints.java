package dev.gatun.layers.train;

import dev.gatun.layers.Constraint;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.runtime.Network;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.TensorArena;
import java.util.ArrayList;
import java.util.List;

/** The constraints of the weights that are trained. */
final class WeightConstraints {

    private final ParameterBlock parameters;
    private final List<PublicForm> weights = new ArrayList<>();

    /** @param arena owns the memory in which weights are changed */
    WeightConstraints(Network network, TensorArena arena) {
        this.parameters = network.parameters();
        for (ParameterBlock.Entry entry : parameters.entries()) {
            WeightSpec spec = network.weights().spec(entry);
            if (!spec.constraint().isNone() && network.isTrained(entry)) {
                weights.add(PublicForm.of(spec, entry, arena));
            }
        }
    }

    /** After a step of the optimizer. */
    void apply() {
        for (int i = 0; i < weights.size(); i++) {
            PublicForm weight = weights.get(i);
            weight.read(parameters);
            weight.spec().constraint().apply(weight.values());
            weight.write(parameters);
        }
    }
}
