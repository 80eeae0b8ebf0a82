package dev.gatun.layers.runtime;

import dev.gatun.memory.ParameterBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What steps of a training go through: some weights of a block, whole, or only the rows that have a gradient, or those that may have
 * changed. Without weights that gradients reach by rows all three are the same, and without frozen weights one range, the
 * block. What is asked for is put together anew each time, in the same object.
 */
public final class StepRanges {

    private final List<ParameterBlock.Entry> entries;
    private final RowChanges rows;
    /** For each weight its number among those with rows, or -1. */
    private final int[] numbers;
    private final BlockRanges whole = new BlockRanges();
    private final BlockRanges reached;
    private final BlockRanges changed;
    private final BlockRanges one = new BlockRanges();

    private StepRanges(List<ParameterBlock.Entry> entries, RowChanges rows) {
        this.entries = List.copyOf(entries);
        this.rows = rows;
        this.numbers = entries.stream().mapToInt(rows::indexOf).toArray();
        entries.forEach(whole::add);
        boolean hasRows = false;
        for (int number : numbers) {
            hasRows |= number >= 0;
        }
        this.reached = hasRows ? new BlockRanges() : whole;
        this.changed = hasRows ? new BlockRanges() : whole;
    }

    /**
     * Ranges of some weights.
     *
     * @param block  whose places they are
     * @param chosen which of the weights; asked once for each
     * @param rows   of those that gradients reach by rows
     * @return the ranges
     */
    public static StepRanges of(ParameterBlock block, Predicate<ParameterBlock.Entry> chosen, RowChanges rows) {
        List<ParameterBlock.Entry> entries = new ArrayList<>(block.entries());
        entries.removeIf(chosen.negate());
        return new StepRanges(entries, rows);
    }

    /** {@return which rows may have changed} */
    public RowChanges rows() {
        return rows;
    }

    /** {@return how many weights there are} */
    public int count() {
        return entries.size();
    }

    /** {@return all of the weights} */
    public BlockRanges whole() {
        return whole;
    }

    /** {@return all that may have a gradient} */
    public BlockRanges reached() {
        if (reached != whole) {
            reached.begin();
            for (int i = 0; i < numbers.length; i++) {
                addReached(i, reached);
            }
        }
        return reached;
    }

    /**
     * What of one weight may have a gradient.
     *
     * @param weight its number, counted from 0
     * @return ranges that the next call of this method changes
     */
    public BlockRanges reached(int weight) {
        one.begin();
        addReached(weight, one);
        return one;
    }

    private void addReached(int weight, BlockRanges into) {
        if (numbers[weight] < 0) {
            into.add(entries.get(weight));
        } else {
            WeightRows sparse = rows.weight(numbers[weight]);
            into.add(sparse, sparse.reached());
        }
    }

    /** {@return all that may have changed since the training began} */
    public BlockRanges changed() {
        if (changed != whole) {
            changed.begin();
            for (int i = 0; i < numbers.length; i++) {
                if (numbers[i] < 0) {
                    changed.add(entries.get(i));
                } else {
                    changed.add(rows.weight(numbers[i]), rows.changed(numbers[i]));
                }
            }
        }
        return changed;
    }
}
