package dev.gatun.cli.console;

import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Epochs as they pass, on standard error: a bar on a terminal, a line now and then in a log, nothing when quiet. The
 * launcher says by the property {@code gatun.terminal} whether standard error is a terminal.
 */
public final class Progress implements AutoCloseable {

    private static final int BAR_WIDTH = 96;
    private static final int LINES_IN_A_LOG = 10;

    private final Console console;
    private final String task;
    private final int epochs;
    private final ProgressBar bar;

    public Progress(Console console, String task, int epochs) {
        this.console = console;
        this.task = task;
        this.epochs = epochs;
        this.bar = Boolean.getBoolean("gatun.terminal") && !console.isQuiet() ? bar(console, task, epochs) : null;
    }

    private static ProgressBar bar(Console console, String task, int epochs) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(epochs)
                .setStyle(ProgressBarStyle.ASCII) // its width is what the library thinks it is, unlike that of blocks
                .setUpdateIntervalMillis(100)
                .setConsumer(new DelegatingProgressBarConsumer(text -> console.progress("\r" + text), BAR_WIDTH))
                .build();
    }

    /**
     * An epoch is done.
     *
     * @param done           epochs done
     * @param loss           of training
     * @param validationLoss NaN if there is none
     */
    public void epoch(int done, double loss, double validationLoss) {
        String losses = String.format(Locale.ROOT, "loss %.4f", loss)
                + (Double.isNaN(validationLoss) ? "" : String.format(Locale.ROOT, " validation %.4f", validationLoss));
        if (bar != null) {
            bar.setExtraMessage(" " + losses.replace("validation", "val")).stepTo(done);
        } else if (done == 1 || done == epochs || done % Math.ceilDiv(epochs, LINES_IN_A_LOG) == 0) {
            console.remark(task + " " + done + "/" + epochs + "  " + losses);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            console.progress(System.lineSeparator());
        }
    }
}
