/// The command `gatun`.
module dev.gatun.cli {
    requires de.siegmar.fastcsv;
    requires dev.gatun.data;
    requires dev.gatun.formats;
    requires info.picocli;
    requires java.desktop;
    requires org.apache.xmlgraphics.batik.svggen;
    requires xchart;
    requires me.tongfei.progressbar;

    exports dev.gatun.cli.plot to dev.gatun.perf;

    opens dev.gatun.cli to
            info.picocli;
}
