package dev.gatun.tests.gradients;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.memory.Shape;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A small stack of LSTMs in words a person can read; {@link StackModel} makes the model of it, {@link StackReference} the
 * reference graph.
 *
 * @param batch     B
 * @param time      T
 * @param inputs    features of the input
 * @param lstms     from the input on
 * @param sequences whether the last LSTM returns every step
 * @param head      what follows the last LSTM
 * @param states    whether the last LSTM's h and c are outputs of the model too
 * @param seed      of weights, inputs and cotangents
 */
public record StackPlan(
        int batch, int time, int inputs, List<LstmPlan> lstms, boolean sequences, Head head, boolean states,
        long seed) {

    /** Where an LSTM begins. */
    public enum Initial {
        /** At zeros. */
        ZEROS,
        /** At two more inputs of the model. */
        INPUTS,
        /** At the state of the LSTM before; through two Dense layers if the widths differ. The first one at zeros. */
        PREVIOUS,
        /** At the state of any LSTM before it with as many units, which one is up to the seed; without one at zeros. */
        EARLIER
    }

    /**
     * What follows the last LSTM.
     *
     * @param function of the last layer
     */
    public record Head(Kind kind, ActivationFunction function) {

        /** Which layer: a Dense takes a sequence step by step, with a TimeDistributed around it or without. */
        public enum Kind {
            NONE, DENSE, TIME_DISTRIBUTED, ACTIVATION
        }

        public static final Head NONE = new Head(Kind.NONE, ActivationFunction.LINEAR);

        public static Head dense(ActivationFunction function) {
            return new Head(Kind.DENSE, function);
        }

        public static Head timeDistributed(ActivationFunction function) {
            return new Head(Kind.TIME_DISTRIBUTED, function);
        }

        public static Head activation(ActivationFunction function) {
            return new Head(Kind.ACTIVATION, function);
        }

        boolean hasWeights() {
            return kind == Kind.DENSE || kind == Kind.TIME_DISTRIBUTED;
        }

        @Override
        public String toString() {
            return kind == Kind.NONE ? "NONE" : kind + " " + capitals(function);
        }
    }

    /** As the goldens have them. */
    private static String capitals(ActivationFunction function) {
        return function.toString().toUpperCase(Locale.ROOT);
    }

    /**
     * One LSTM.
     *
     * @param twice whether it is applied a second time, to its own sequence; then its input is first made as wide as it
     */
    public record LstmPlan(
            int units, ActivationFunction activation, ActivationFunction recurrent, boolean bias, boolean backwards,
            Initial initial, boolean twice) {

        /** Keras's defaults. */
        public static LstmPlan of(int units) {
            return new LstmPlan(units, ActivationFunction.TANH, ActivationFunction.SIGMOID, true, false, Initial.ZEROS,
                    false);
        }

        @Override
        public String toString() {
            return "LSTM " + units
                    + (activation.equals(ActivationFunction.TANH) ? "" : " " + capitals(activation))
                    + (recurrent.equals(ActivationFunction.SIGMOID) ? "" : " recurrent " + capitals(recurrent))
                    + (bias ? "" : " without bias")
                    + (backwards ? " backwards" : "")
                    + (initial == Initial.ZEROS ? "" : " from " + initial)
                    + (twice ? " twice" : "");
        }
    }

    /** The same under another head. */
    public StackPlan under(Head other) {
        return new StackPlan(batch, time, inputs, lstms, sequences, other, states, seed);
    }

    /** The same with other numbers. */
    StackPlan of(long otherSeed) {
        return new StackPlan(batch, time, inputs, lstms, sequences, head, states, otherSeed);
    }

    /** Width of the Dense heads. */
    static final int HEAD = 3;

    String name(int index) {
        return "lstm" + index;
    }

    /** The LSTM at whose state one begins, or -1. */
    int origin(int index) {
        LstmPlan lstm = lstms.get(index);
        if (lstm.initial() == Initial.PREVIOUS) {
            return index - 1;
        }
        if (lstm.initial() != Initial.EARLIER) {
            return -1;
        }
        int[] alike = IntStream.range(0, index).filter(i -> lstms.get(i).units() == lstm.units()).toArray();
        return alike.length == 0 ? -1 : alike[(int) (seed % alike.length)];
    }

    /** Whether an LSTM's state is used by a later one. */
    boolean feedsState(int index) {
        return IntStream.range(index + 1, lstms.size()).anyMatch(later -> origin(later) == index);
    }

    boolean returnsSequences(int index) {
        return index + 1 < lstms.size() || sequences;
    }

    boolean returnsState(int index) {
        return feedsState(index) || states && index + 1 == lstms.size();
    }

    /** Width of what an LSTM is given. */
    int inputsOf(int index) {
        return index == 0 ? inputs : lstms.get(index - 1).units();
    }

    /** Whether a TimeDistributed(Dense) makes an LSTM's input as wide as it. */
    boolean widens(int index) {
        return lstms.get(index).twice() && inputsOf(index) != lstms.get(index).units();
    }

    /** Whether two Dense layers stand between the state before and this LSTM. */
    boolean bridges(int index) {
        int origin = origin(index);
        return origin >= 0 && lstms.get(origin).units() != lstms.get(index).units();
    }

    /** {@code 4U(I+U+1)} for each LSTM, {@code U(I+1)} for each Dense. */
    public long parameters() {
        long sum = 0;
        for (int i = 0; i < lstms.size(); i++) {
            LstmPlan lstm = lstms.get(i);
            long units = lstm.units();
            long width = widens(i) ? units : inputsOf(i);
            sum += 4 * units * (width + units + (lstm.bias() ? 1 : 0));
            sum += widens(i) ? units * (inputsOf(i) + 1) : 0;
            sum += bridges(i) ? 2 * units * (lstms.get(i - 1).units() + 1) : 0;
        }
        return sum + (head.hasWeights() ? HEAD * (lstms.getLast().units() + 1) : 0);
    }

    /** Of the first output. */
    public Shape outputShape() {
        int width = head.hasWeights() ? HEAD : lstms.getLast().units();
        boolean everyStep = sequences || lstms.getLast().twice();
        return everyStep ? Shape.of(batch, time, width) : Shape.of(batch, width);
    }

    @Override
    public String toString() {
        return "[" + batch + "," + time + "," + inputs + "] -> " + lstms + (sequences ? " sequences" : "")
                + (states ? " and states" : "") + " -> " + head + ", seed " + seed;
    }
}
