package dev.gatun.formats.keras.training;

import dev.gatun.layers.train.Optimizer;
import java.util.ArrayList;
import java.util.List;

/**
 * In which order an optimizer's variables come: blocks one behind the other, each going over all weights, with the slots of the
 * block side by side for each weight. Sources: {@code build} of the optimizers in keras/src/optimizers, and
 * {@code _create_slots} of those that tf.keras had before 2.11.
 *
 * @param blocks names of slots
 */
record SlotOrder(List<List<String>> blocks) {

    private static final String MOMENTUM = "momentum";
    private static final String VELOCITY = "velocity";
    /** RMSprop's, in the order in which Keras makes them. */
    private static final List<String> SINGLE = List.of(VELOCITY, MOMENTUM, "average_gradient");

    static SlotOrder of(Optimizer optimizer, boolean isInterleaved) {
        List<String> left = new ArrayList<>(optimizer.slotNames());
        List<List<String>> blocks = new ArrayList<>();
        boolean isAdam = optimizer.className().startsWith("Adam");
        if (isAdam && isInterleaved) {
            blocks.add(List.of(MOMENTUM, VELOCITY));
        } else if (!isAdam) {
            SINGLE.stream().filter(left::contains).forEach(slot -> blocks.add(List.of(slot)));
        }
        blocks.forEach(left::removeAll);
        left.forEach(slot -> blocks.add(List.of(slot)));
        return new SlotOrder(List.copyOf(blocks));
    }

    int slots() {
        return blocks.stream().mapToInt(List::size).sum();
    }

    /** What of the variables belongs to a slot, one for each weight. */
    <V> List<V> of(String slot, List<V> variables, int weights) {
        int first = 0;
        for (List<String> block : blocks) {
            if (block.contains(slot)) {
                List<V> own = new ArrayList<>();
                for (int weight = 0; weight < weights; weight++) {
                    own.add(variables.get(first + weight * block.size() + block.indexOf(slot)));
                }
                return own;
            }
            first += block.size() * weights;
        }
        throw new IllegalArgumentException("There is no slot '" + slot + "' in " + blocks);
    }
}
