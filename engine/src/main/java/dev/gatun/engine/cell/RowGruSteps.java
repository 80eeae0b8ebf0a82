package dev.gatun.engine.cell;

import static dev.gatun.engine.cpu.Fma.fma;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import java.util.List;

/** A GRU's stages with functions of whole rows: the formulas of {@link GenericGruGates}. */
abstract class RowGruSteps extends RowSteps {

    final CellFunctions functions;
    final Gate update;
    final Gate reset;
    final Gate candidate;

    private RowGruSteps(CellFunctions functions, RecurrentSizes sizes, GruPlaces places) {
        super(sizes, places.memory(), places.flow());
        this.functions = functions;
        this.update = Gate.of(places.gates(), 0, 2);
        this.reset = Gate.of(places.gates(), 1, 2);
        this.candidate = Gate.of(places.candidate(), 0, 1);
    }

    static List<CellSteps> resetAfter(
            CellFunctions functions, RecurrentSizes sizes, RecurrentMemory memory, RecurrentGradients flow) {
        return List.of(new After(functions, sizes, GruPlaces.resetAfter(sizes, memory, flow)));
    }

    static List<CellSteps> resetBefore(
            CellFunctions functions, RecurrentSizes sizes, RecurrentMemory memory, RecurrentGradients flow) {
        GruPlaces places = GruPlaces.resetBefore(sizes, memory, flow);
        return List.of(new Reset(functions, sizes, places), new Candidate(functions, sizes, places));
    }

    /** The candidate's value, and h after the step; {@code next} is worked in before. */
    void state(long zRow, long h, long next) {
        apply(functions.activation(), candidate, zRow, next);
        for (int unit = 0; unit < units; unit++) {
            float share = get(update, zRow, unit);
            set(next, unit, fma(share, get(h, unit), (1f - share) * get(candidate, zRow, unit)));
        }
    }

    /** Gradients of candidate, which is left in a scratch too, and update gate; that of h is what goes by the update gate. */
    long backwardState(long zRow, long h, int firstRow) {
        long dh = flow.dh().at(firstRow);
        long dCandidate = scratch(1, firstRow);
        long dUpdate = scratch(2, firstRow);
        long y = scratch(4, firstRow);
        long x = scratch(5, firstRow);
        for (int unit = 0; unit < units; unit++) {
            float d = get(dh, unit);
            float share = get(update, zRow, unit);
            set(dCandidate, unit, d * (1f - share));
            set(dUpdate, unit, d * (get(h, unit) - get(candidate, zRow, unit)));
            set(dh, unit, d * share);
        }
        back(functions.activation(), candidate, zRow, dCandidate, y, x);
        back(functions.recurrent(), update, zRow, dUpdate, y, x);
        scatter(dCandidate, candidate, zRow);
        scatter(dUpdate, update, zRow);
        return dCandidate;
    }

    /** The reset gate comes after the product. */
    private static final class After extends RowGruSteps {

        private final Gate part;

        After(CellFunctions functions, RecurrentSizes sizes, GruPlaces places) {
            super(functions, sizes, places);
            this.part = Gate.of(places.recurrent(), 0, 1);
        }

        @Override
        void forward(long zRow, long hRow, long hNext, long carriedRow, long carriedNext) {
            long next = memory.h().at(hNext);
            apply(functions.recurrent(), update, zRow, next);
            apply(functions.recurrent(), reset, zRow, next);
            for (int unit = 0; unit < units; unit++) {
                set(candidate, zRow, unit,
                        fma(get(reset, zRow, unit), get(part, zRow, unit), get(candidate, zRow, unit)));
            }
            state(zRow, memory.h().at(hRow), next);
        }

        @Override
        void backward(long zRow, long stateRow, long nextRow, int firstRow) {
            long dCandidate = backwardState(zRow, memory.h().at(stateRow), firstRow);
            long dReset = scratch(3, firstRow);
            for (int unit = 0; unit < units; unit++) {
                set(dReset, unit, get(dCandidate, unit) * get(part, zRow, unit));
                set(part, zRow, unit, get(dCandidate, unit) * get(reset, zRow, unit));
            }
            back(functions.recurrent(), reset, zRow, dReset, scratch(4, firstRow), scratch(5, firstRow));
            scatter(dReset, reset, zRow);
        }
    }

    /** The reset gate comes before the product: both gates, and what is left of h. */
    private static final class Reset extends RowGruSteps {

        Reset(CellFunctions functions, RecurrentSizes sizes, GruPlaces places) {
            super(functions, sizes, places);
        }

        @Override
        void forward(long zRow, long hRow, long hNext, long readRow, long carriedNext) {
            long read = memory.read().at(readRow);
            long h = memory.h().at(hRow);
            apply(functions.recurrent(), update, zRow, read);
            apply(functions.recurrent(), reset, zRow, read);
            for (int unit = 0; unit < units; unit++) {
                set(read, unit, get(reset, zRow, unit) * get(h, unit));
            }
        }

        @Override
        void backward(long zRow, long stateRow, long nextRow, int firstRow) {
            long h = memory.h().at(stateRow);
            long dRead = flow.scratchState().at(firstRow);
            long dh = flow.dh().at(firstRow);
            long dReset = scratch(3, firstRow);
            for (int unit = 0; unit < units; unit++) {
                set(dReset, unit, get(dRead, unit) * get(h, unit));
                set(dh, unit, fma(get(dRead, unit), get(reset, zRow, unit), get(dh, unit)));
            }
            back(functions.recurrent(), reset, zRow, dReset, scratch(4, firstRow), scratch(5, firstRow));
            scatter(dReset, reset, zRow);
        }
    }

    /** Then the candidate, whose recurrent product has read that. */
    private static final class Candidate extends RowGruSteps {

        Candidate(CellFunctions functions, RecurrentSizes sizes, GruPlaces places) {
            super(functions, sizes, places);
        }

        @Override
        void forward(long zRow, long hRow, long hNext, long carriedRow, long carriedNext) {
            state(zRow, memory.h().at(hRow), memory.h().at(hNext));
        }

        @Override
        void backward(long zRow, long stateRow, long nextRow, int firstRow) {
            backwardState(zRow, memory.h().at(stateRow), firstRow);
        }
    }
}
