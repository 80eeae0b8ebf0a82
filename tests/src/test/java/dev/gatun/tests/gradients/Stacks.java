package dev.gatun.tests.gradients;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.tests.gradients.StackPlan.Head;
import dev.gatun.tests.gradients.StackPlan.Initial;
import dev.gatun.tests.gradients.StackPlan.LstmPlan;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Random stacks; they shrink to one LSTM of one unit with Keras's defaults on one number. */
public final class Stacks extends DomainContextBase {

    private static final ActivationFunction[] ACTIVATIONS = {
        ActivationFunction.TANH, ActivationFunction.SIGMOID, ActivationFunction.LINEAR, ActivationFunction.RELU,
        ActivationFunction.RELU6, ActivationFunction.LEAKY_RELU, ActivationFunction.ELU, ActivationFunction.SELU,
        ActivationFunction.SOFTPLUS, ActivationFunction.SOFTSIGN, ActivationFunction.HARD_SIGMOID,
        ActivationFunction.HARD_SIGMOID_KERAS2, ActivationFunction.GELU, ActivationFunction.SILU};

    /** Bounded ones: with others the states grow like a polynomial's powers, and so does every rounding. */
    private static final ActivationFunction[] RECURRENT = {
        ActivationFunction.SIGMOID, ActivationFunction.HARD_SIGMOID, ActivationFunction.HARD_SIGMOID_KERAS2,
        ActivationFunction.TANH, ActivationFunction.SOFTSIGN};

    /** All of it. */
    @Provide
    public Arbitrary<StackPlan> stacks() {
        Arbitrary<LstmPlan> lstm = lstms(
                Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.integers().between(1, 3)),
                        Tuple.of(5, Arbitraries.integers().between(1, 9)),
                        Tuple.of(1, Arbitraries.of(16, 17, 33))),
                mostly(ActivationFunction.TANH, ACTIVATIONS),
                mostly(ActivationFunction.SIGMOID, RECURRENT));
        return Combinators.combine(
                Arbitraries.integers().between(1, 5),
                Arbitraries.frequencyOf(
                        Tuple.of(19, Arbitraries.integers().between(1, 6)),
                        Tuple.of(1, Arbitraries.just(0))),
                Arbitraries.integers().between(1, 6),
                lstm.list().ofMinSize(1).ofMaxSize(3),
                Arbitraries.of(false, true),
                heads(),
                Arbitraries.of(false, true),
                Arbitraries.longs().between(0, 1000)).as(StackPlan::new).filter(Stacks::isModest);
    }

    /** LSTMs of these units and activations, with and without all else. */
    public static Arbitrary<LstmPlan> lstms(
            Arbitrary<Integer> units, Arbitrary<ActivationFunction> activation,
            Arbitrary<ActivationFunction> recurrentActivation) {
        return Combinators.combine(
                units, activation, recurrentActivation,
                Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)),
                Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)),
                Arbitraries.of(Initial.class),
                Arbitraries.frequency(Tuple.of(6, false), Tuple.of(1, true))).as(LstmPlan::new);
    }

    /** The slopes of sparsemax jump where a number leaves the row's support, which no distance here tells. */
    private static final List<ActivationFunction> HEADS = ActivationFunction.all().stream()
            .filter(function -> !function.equals(ActivationFunction.SPARSEMAX))
            .toList();

    /** Every layer that may follow, with every activation. */
    public static Arbitrary<Head> heads() {
        return Arbitraries.oneOf(
                Arbitraries.just(Head.NONE),
                Combinators.combine(
                        Arbitraries.of(Head.Kind.DENSE, Head.Kind.TIME_DISTRIBUTED, Head.Kind.ACTIVATION),
                        Arbitraries.of(HEADS)).as(Head::new));
    }

    /** e^x of states that grow would overflow. */
    private static boolean isModest(StackPlan plan) {
        return !plan.head().function().equals(ActivationFunction.EXPONENTIAL)
                || plan.lstms().getLast().activation().equals(ActivationFunction.TANH);
    }

    private static Arbitrary<ActivationFunction> mostly(ActivationFunction usual, ActivationFunction... all) {
        return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(usual)), Tuple.of(3, Arbitraries.of(all)));
    }
}
