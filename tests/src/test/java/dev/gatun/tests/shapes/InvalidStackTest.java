package dev.gatun.tests.shapes;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.tests.Positional;
import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Node;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.State;
import dev.gatun.layers.TimeDistributed;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Stacks with one fault anywhere: refused when built, by the name of the layer that cannot stand there. */
class InvalidStackTest {

    /** What is wrong with the layer named {@code faulty}. */
    enum Fault {
        /** It follows an LSTM that returns its last step only. */
        LSTM_ON_A_LAST_STEP {
            @Override
            Node faulty(Node x, int units) {
                return Lstm.units(units).named(NAME).on(Lstm.units(units).on(x));
            }
        },
        TIME_DISTRIBUTED_ON_A_LAST_STEP {
            @Override
            Node faulty(Node x, int units) {
                return TimeDistributed.of(Dense.units(2)).named(NAME).on(Lstm.units(units).on(x));
            }
        },
        STATE_OF_ANOTHER_WIDTH {
            @Override
            Node faulty(Node x, int units) {
                State state = Lstm.units(units).returnState().on(x).state();
                return Lstm.units(units + 1).returnSequences().named(NAME).on(x, state);
            }
        },
        CELL_STATE_OF_ANOTHER_WIDTH {
            @Override
            Node faulty(Node x, int units) {
                State state = Lstm.units(units).returnState().on(x).state();
                State uneven = State.of(state.h(), Dense.units(units + 1).on(state.c()));
                return Lstm.units(units).returnSequences().named(NAME).on(x, uneven);
            }
        },
        SEQUENCE_FOR_A_STATE {
            @Override
            Node faulty(Node x, int units) {
                var other = Lstm.units(units).returnSequences().returnState().on(x);
                return Lstm.units(units).returnSequences().named(NAME)
                        .on(x, State.of(other.sequence(), other.state().c()));
            }
        },
        ONE_STATE_OF_TWO {
            @Override
            Node faulty(Node x, int units) {
                State state = Lstm.units(units).returnState().on(x).state();
                return Positional.call(Lstm.units(units).returnSequences().named(NAME), List.of(x, state.h()))
                        .output(0);
            }
        },
        STATE_THAT_IS_NOT_RETURNED {
            @Override
            Node faulty(Node x, int units) {
                return Positional.call(Lstm.units(units).returnSequences().named(NAME), List.of(x)).output(2);
            }
        },
        AGAIN_ON_ANOTHER_WIDTH {
            @Override
            Node faulty(Node x, int units) {
                Lstm lstm = Lstm.units(units).returnSequences().named(NAME);
                return lstm.on(TimeDistributed.of(Dense.units(OTHER)).on(lstm.on(x)));
            }
        },
        DENSE_AGAIN_ON_ANOTHER_WIDTH {
            @Override
            Node faulty(Node x, int units) {
                Dense dense = Dense.units(units).named(NAME);
                return dense.on(Lstm.units(OTHER).returnSequences().on(dense.on(x)));
            }
        },
        A_NAME_TWICE {
            @Override
            Node faulty(Node x, int units) {
                return Activation.of("tanh").named(NAME).on(Lstm.units(units).returnSequences().named(NAME).on(x));
            }
        };

        static final String NAME = "faulty";
        /** Wider than anything else here. */
        private static final int OTHER = 200;

        abstract Node faulty(Node x, int units);
    }

    @Property
    void oneFaultAnywhere(
            @ForAll Fault fault, @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 130) Integer> units,
            @ForAll @IntRange(max = 5) int at, @ForAll @IntRange(min = 1, max = 130) int width) {
        Input input = Input.sequence(width + 1);
        List<Node> sound = new ArrayList<>(List.of(input));
        for (int count : units) {
            sound.add(Lstm.units(count).returnSequences().on(sound.getLast()));
        }
        if (sound.size() > 1) {
            Model.of(input, sound.getLast()).close();
        }
        Node node = fault.faulty(sound.get(Math.min(at, units.size())), width);
        for (int i = Math.min(at, units.size()); i < units.size() && isSequence(fault); i++) {
            node = Lstm.units(units.get(i)).returnSequences().on(node);
        }
        Node last = node;
        String said = assertThrows(IllegalArgumentException.class, () -> Model.of(input, last)).getMessage();
        assertTrue(said.contains("'" + Fault.NAME + "'"), said);
    }

    /** Layers may follow if the fault leaves a sequence; otherwise they would be faulty too. */
    private static boolean isSequence(Fault fault) {
        return fault != Fault.LSTM_ON_A_LAST_STEP && fault != Fault.TIME_DISTRIBUTED_ON_A_LAST_STEP
                && fault != Fault.STATE_THAT_IS_NOT_RETURNED;
    }
}
