package dev.gatun.layers.train;

import dev.gatun.layers.WeightSpec;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;

/**
 * A weight, or its gradient, as its layer declares it: unpacked to memory of its own, and packed again.
 *
 * @param spec   of the weight
 * @param entry  its place in the parameters and their twins
 * @param values of the weight's shape
 */
record PublicForm(WeightSpec spec, ParameterBlock.Entry entry, Tensor values) {

    /** @param arena owns the memory */
    static PublicForm of(WeightSpec spec, ParameterBlock.Entry entry, TensorArena arena) {
        String purpose = "weight '" + entry.name() + "' as it is declared";
        return new PublicForm(spec, entry, new Tensor(
                arena.allocate(spec.shape().floatBytes(), purpose), 0, spec.shape()));
    }

    void read(ParameterBlock from) {
        spec.layout().unpack(from.segment(), entry.baseBytes(), values);
    }

    void write(ParameterBlock to) {
        spec.layout().pack(values, to.segment(), entry.baseBytes());
    }
}
