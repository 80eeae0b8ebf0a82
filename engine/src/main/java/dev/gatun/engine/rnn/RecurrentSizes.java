package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightLayout;

/**
 * The sizes of one recurrent layer over one sequence, and what follows from them: those a plan is made for, the largest, or those
 * of one run.
 *
 * @param batch   B
 * @param time    T
 * @param inputs  I
 * @param units   U
 * @param outputs width of h: U, or P where the cell projects it
 * @param gates   of a unit
 */
public record RecurrentSizes(int batch, int time, int inputs, int units, int outputs, CellGates gates) {

    /** Of a cell whose h is as wide as its gates. */
    public RecurrentSizes(int batch, int time, int inputs, int units, CellGates gates) {
        this(batch, time, inputs, units, units, gates);
    }

    /** So many gates, one chain each. */
    public RecurrentSizes(int batch, int time, int inputs, int units, int gates) {
        this(batch, time, inputs, units, CellGates.chained(gates));
    }

    /**
     * The same layer over another batch and time.
     *
     * @param otherBatch B
     * @param otherTime  T
     */
    public RecurrentSizes with(int otherBatch, int otherTime) {
        return new RecurrentSizes(otherBatch, otherTime, inputs, units, outputs, gates);
    }

    /** T B: rows of everything that exists once per step. */
    public int rows() {
        return Math.multiplyExact(batch, time);
    }

    /** Groups of 16 units. */
    public int unitBlocks() {
        return Strips.padded(units) / Strips.WIDTH;
    }

    /** Columns of the gates as packed: 16 for each gate of each group of 16 units. */
    public int gateColumns() {
        return unitBlocks() * gates.strips() * Strips.WIDTH;
    }

    /** Strips of the gates of so many groups of 16 units. */
    public int strips(int groups) {
        return groups * gates.strips();
    }

    public int gatesLd() {
        return LeadingDimension.of(gateColumns());
    }

    public int unitsLd() {
        return LeadingDimension.of(units);
    }

    public int outputsLd() {
        return LeadingDimension.of(outputs);
    }

    /** Groups of 16 columns of h. */
    int outputBlocks() {
        return Strips.padded(outputs) / Strips.WIDTH;
    }

    public WeightLayout kernel() {
        return WeightLayout.gated(inputs, units, gates.kernelOrder());
    }

    public WeightLayout recurrentKernel() {
        return WeightLayout.gated(outputs, units, gates.recurrentOrder());
    }

    /** Bytes of the kernel and the recurrent kernel, as packed. */
    public long weightBytes() {
        return kernel().strips().bytes() + recurrentKernel().strips().bytes();
    }
}
