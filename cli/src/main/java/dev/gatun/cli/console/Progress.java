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
public sealed interface Progress extends AutoCloseable {

    /**
     * An epoch is done.
     *
     * @param done   epochs done
     * @param losses of training, and of validation if there is one
     */
    void epoch(int done, Losses losses);

    @Override
    void close();

    static Progress of(Console console, String task, int epochs) {
        return Boolean.getBoolean("gatun.terminal") && !console.quiet()
                ? Bar.of(console, task, epochs)
                : new Log(console, task, epochs);
    }

    /**
     * Losses after an epoch.
     *
     * @param training   of training
     * @param validation NaN if there is none
     */
    record Losses(double training, double validation) {

        private String words(String validationWord) {
            return String.format(Locale.ROOT, "loss %.4f", training) + (Double.isNaN(validation)
                    ? ""
                    : String.format(Locale.ROOT, " %s %.4f", validationWord, validation));
        }
    }

    /** For a terminal. */
    record Bar(Console console, ProgressBar bar) implements Progress {

        private static final int WIDTH = 96;

        private static Bar of(Console console, String task, int epochs) {
            return new Bar(console, new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(epochs)
                    .setStyle(ProgressBarStyle.ASCII) // its width is what the library thinks it is, unlike that of blocks
                    .setUpdateIntervalMillis(100)
                    .setConsumer(new DelegatingProgressBarConsumer(text -> console.progress("\r" + text), WIDTH))
                    .build());
        }

        @Override
        public void epoch(int done, Losses losses) {
            bar.setExtraMessage(" " + losses.words("val")).stepTo(done);
        }

        @Override
        public void close() {
            bar.close();
            console.progress(System.lineSeparator());
        }
    }

    /** A line now and then. */
    record Log(Console console, String task, int epochs) implements Progress {

        private static final int LINES = 10;

        @Override
        public void epoch(int done, Losses losses) {
            if (done == 1 || done == epochs || done % Math.ceilDiv(epochs, LINES) == 0) {
                console.remark(task + " " + done + "/" + epochs + "  " + losses.words("validation"));
            }
        }

        /** Lines need no end. */
        @Override
        public void close() {}
    }
}
