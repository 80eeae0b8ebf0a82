package dev.gatun.layers.train;

import dev.gatun.layers.Regularizer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.runtime.Network;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.util.ArrayList;
import java.util.List;

/** The regularizers of the weights that are trained: what they add to the loss and to the gradients. */
final class WeightPenalties {

    /** Of one weight. */
    private interface Penalty {
        double value();

        void addGradient();
    }

    private final List<Penalty> penalties = new ArrayList<>();

    /**
     * @param gradients a twin of the parameters, or null if only values are asked for
     * @param arena     owns the memory of weights that are looked at in their own shape
     */
    WeightPenalties(Network network, ParameterBlock gradients, TensorArena arena) {
        for (ParameterBlock.Entry entry : network.parameters().entries()) {
            WeightSpec spec = network.weights().spec(entry);
            if (!spec.regularizer().isNone() && network.isTrained(entry)) {
                penalties.add(spec.regularizer().isElementwise()
                        ? new Elementwise(spec.regularizer(), packed(network.parameters(), entry),
                                gradients == null ? null : packed(gradients, entry))
                        : new Shaped(PublicForm.of(spec, entry, arena), PublicForm.of(spec, entry, arena),
                                network.parameters(), gradients));
            }
        }
    }

    /** All numbers of a weight, and paddings, which are zero and have no penalty. */
    private static Tensor packed(ParameterBlock block, ParameterBlock.Entry entry) {
        long count = entry.bytes() / Float.BYTES;
        return new Tensor(block.segment(), entry.baseBytes(), Shape.of(count), count);
    }

    /** What is added to the loss of a batch. */
    double value() {
        double sum = 0;
        for (int i = 0; i < penalties.size(); i++) {
            sum += penalties.get(i).value();
        }
        return sum;
    }

    void addGradients() {
        for (int i = 0; i < penalties.size(); i++) {
            penalties.get(i).addGradient();
        }
    }

    private record Elementwise(Regularizer regularizer, Tensor values, Tensor gradient) implements Penalty {
        @Override
        public double value() {
            return regularizer.penalty(values);
        }

        @Override
        public void addGradient() {
            regularizer.addGradient(values, 1, gradient);
        }
    }

    private record Shaped(PublicForm weight, PublicForm gradient, ParameterBlock parameters, ParameterBlock gradients)
            implements
                Penalty {
        @Override
        public double value() {
            weight.read(parameters);
            return weight.spec().regularizer().penalty(weight.values());
        }

        @Override
        public void addGradient() {
            weight.read(parameters);
            gradient.read(gradients);
            weight.spec().regularizer().addGradient(weight.values(), 1, gradient.values());
            gradient.write(gradients);
        }
    }
}
