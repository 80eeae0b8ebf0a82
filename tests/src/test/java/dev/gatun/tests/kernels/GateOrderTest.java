package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.GateOrder;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.memory.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gates in groups: the candidate of a GRU before update and reset, which lie side by side. */
final class GateOrderTest {

    private static final GateOrder CANDIDATE_FIRST = new GateOrder(List.of(List.of(2), List.of(0, 1)));

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17, 40})
    void everyColumnLiesWhereItsGroupSays(int units) {
        int rows = 3;
        int blocks = (units + 15) / 16;
        WeightLayout layout = WeightLayout.gated(rows, units, CANDIDATE_FIRST);
        assertEquals(blocks * 48, layout.packedColumns());
        float[] numbers = Bits.numbers(rows * 3 * units, 1);
        Tensor matrix = Tensor.of(numbers, rows, 3 * units);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment packed = arena.allocate(layout.strips().bytes());
            layout.pack(matrix, packed, 0);
            for (int row = 0; row < rows; row++) {
                for (int unit = 0; unit < units; unit++) {
                    for (int gate = 0; gate < 3; gate++) {
                        int strip = gate == 2 ? unit / 16 : blocks + unit / 16 * 2 + gate;
                        long index = layout.strips().index(row, strip * 16 + unit % 16);
                        assertEquals(numbers[row * 3 * units + gate * units + unit],
                                packed.getAtIndex(ValueLayout.JAVA_FLOAT, index));
                    }
                }
            }
            Tensor back = Tensor.zeros(rows, 3 * units);
            layout.unpack(packed, 0, back);
            Bits.same(back.toArray(), numbers, "unpacked");
        }
    }

    @Test
    void gatesAreNamedOnceEach() {
        assertEquals(GateOrder.together(3), new GateOrder(List.of(List.of(0, 1, 2))));
        assertEquals(3, CANDIDATE_FIRST.gates());
        for (List<List<Integer>> wrong : List.of(List.<List<Integer>>of(), List.of(List.of(1)),
                List.of(List.of(0), List.of(0)), List.of(List.of(0, 2)))) {
            String said = assertThrows(IllegalArgumentException.class, () -> new GateOrder(wrong)).getMessage();
            assertTrue(said.contains("every gate from 0 on once"), said);
        }
        assertThrows(IllegalArgumentException.class, () -> GateOrder.together(0));
    }
}
