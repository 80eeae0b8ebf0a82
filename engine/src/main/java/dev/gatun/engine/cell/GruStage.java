package dev.gatun.engine.cell;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.GruStrides;
import dev.gatun.engine.rnn.CellSteps;

/** A stage of a GRU's step: with one row the groups of units are the kernel's rows, so that one call serves them all. */
abstract class GruStage implements CellSteps {

    final GruPlaces places;
    private final boolean standard;
    private final Gates many;
    private final Gates one;

    /**
     * Rows as the kernels find them.
     *
     * @param strides from row to row
     * @param twin    the gates of any functions at these strides
     */
    record Gates(GruStrides strides, GenericGruGates twin) {}

    GruStage(CellFunctions functions, GruPlaces places) {
        this.places = places;
        this.standard = functions.isStandard();
        GruStrides strides = places.strides();
        GruStrides ofOneRow = places.stridesOfOneRow();
        long pre = places.preactivation();
        this.many = new Gates(strides, new GenericGruGates(functions, strides, pre));
        this.one = new Gates(ofOneRow, new GenericGruGates(functions, ofOneRow, pre));
    }

    @Override
    public final void forward(
            int firstBlock, int endBlock, long zRow, long hRow, long hNext, long carriedRow, long carriedNext,
            int rows) {
        boolean simd = standard && !KernelChoice.isScalarNow();
        if (rows == 1) {
            forward(one, simd, firstBlock, zRow, hRow, hNext, carriedRow, endBlock - firstBlock);
            return;
        }
        for (int block = firstBlock; block < endBlock; block++) {
            forward(many, simd, block, zRow, hRow, hNext, carriedRow, rows);
        }
    }

    @Override
    public final void backward(int block, long zRow, long stateRow, long nextRow, int firstRow, int rows) {
        backward(many, standard && !KernelChoice.SCALAR, block, zRow, stateRow, firstRow, rows);
    }

    abstract void forward(
            Gates kernel, boolean simd, int block, long zRow, long hRow, long hNext, long readRow, int rows);

    abstract void backward(Gates kernel, boolean simd, int block, long zRow, long hRow, int firstRow, int rows);
}
