package dev.gatun.engine.rnn;

import static dev.gatun.engine.rnn.GateGroup.Products.CHAINED;
import static dev.gatun.engine.rnn.GateGroup.Products.INPUT;
import static dev.gatun.engine.rnn.GateGroup.Products.RECURRENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which products make which strips of z: of an LSTM, and of a GRU both ways. */
final class CellGatesTest {

    private static final GateGroup BOTH = new GateGroup(List.of(0, 1), CHAINED);
    private static final CellGates AFTER = new CellGates(List.of(
            new GateGroup(List.of(2), INPUT), BOTH, new GateGroup(List.of(2), RECURRENT)));
    private static final CellGates BEFORE = new CellGates(List.of(BOTH, new GateGroup(List.of(2), CHAINED, 1)));

    @Test
    void whatAProductWritesIsOneStretch() {
        assertEquals(4, AFTER.strips());
        assertEquals(1, AFTER.inputOnly());
        assertEquals(3, AFTER.ofInput());
        assertEquals(1, AFTER.firstOfState(0));
        assertEquals(3, AFTER.ofState(0));
        assertEquals(List.of(List.of(2), List.of(0, 1)), AFTER.kernelOrder().groups());
        assertEquals(List.of(List.of(0, 1), List.of(2)), AFTER.recurrentOrder().groups());
        assertTrue(AFTER.hasTwoBiases());
        assertEquals(1, AFTER.stages());
    }

    @Test
    void aStageHasStripsOfItsOwn() {
        assertEquals(3, BEFORE.strips());
        assertEquals(2, BEFORE.stages());
        assertEquals(0, BEFORE.firstOfState(0));
        assertEquals(2, BEFORE.ofState(0));
        assertEquals(2, BEFORE.firstOfState(1));
        assertEquals(1, BEFORE.ofState(1));
        assertEquals(BEFORE.kernelOrder(), BEFORE.recurrentOrder());
        assertFalse(BEFORE.hasTwoBiases());
    }

    @Test
    void blocksFillTiles() {
        assertEquals(1, CellGates.chained(4).blocksOfTiles());
        assertEquals(4, CellGates.chained(1).blocksOfTiles());
        assertEquals(4, AFTER.blocksOfTiles());
        assertEquals(4, BEFORE.blocksOfTiles());
    }

    @Test
    void otherOrdersAreRefused() {
        GateGroup input = new GateGroup(List.of(2), INPUT);
        GateGroup recurrent = new GateGroup(List.of(2), RECURRENT);
        GateGroup late = new GateGroup(List.of(2), CHAINED, 1);
        for (List<GateGroup> wrong : List.of(List.of(BOTH, input, recurrent), List.of(recurrent, BOTH),
                List.of(late, BOTH))) {
            String said = assertThrows(IllegalArgumentException.class, () -> new CellGates(wrong)).getMessage();
            assertTrue(said.contains("order"), said);
        }
        String said = assertThrows(IllegalArgumentException.class, () -> new CellGates(List.of(input, BOTH)))
                .getMessage();
        assertTrue(said.contains("both of them"), said);
        assertThrows(IllegalArgumentException.class, () -> new GateGroup(List.of(), INPUT));
        assertThrows(IllegalArgumentException.class, () -> new GateGroup(List.of(0), INPUT, 2));
    }
}
