package dev.gatun.tests.shapes;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.tests.gradients.StackPlan;
import dev.gatun.tests.gradients.StackPlan.LstmPlan;
import dev.gatun.tests.gradients.Stacks;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Stacks of 1 to 6 layers, 1 to 130 units, batches to 70, no or up to 50 steps. */
public final class LargerStacks extends DomainContextBase {

    @Provide
    public Arbitrary<StackPlan> stacks() {
        Arbitrary<LstmPlan> lstm = Stacks.lstms(
                Arbitraries.frequencyOf(
                        Tuple.of(2, Arbitraries.integers().between(1, 130)
                                .withDistribution(RandomDistribution.biased())),
                        Tuple.of(1, Arbitraries.of(1, 16, 17))),
                Arbitraries.just(ActivationFunction.TANH),
                Arbitraries.just(ActivationFunction.SIGMOID));
        return Combinators.combine(
                Arbitraries.integers().between(1, 70),
                Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.just(0)),
                        Tuple.of(8, Arbitraries.integers().between(1, 50))),
                Arbitraries.integers().between(1, 40),
                lstm.list().ofMinSize(1).ofMaxSize(6),
                Arbitraries.of(false, true),
                Stacks.heads(),
                Arbitraries.of(false, true),
                Arbitraries.longs().between(0, 1000)).as(StackPlan::new);
    }
}
