namespace SsaShare.Formats;

/// <summary>The formats of mean elements.</summary>
public static class ElementFormats
{
    /// <summary>Element sets of two lines. A line with the name before them is read too, never written.</summary>
    public static FileFormat<MeanElements> Tle { get; } = new("tle", "Two-line element set, Alpha-5", ".tle", ElementRecognition.Tle)
    {
        Open = (stream, options) => OpenTle(stream, options, AsRead),
        Create = (stream, options) => new TleWriter(stream, options, named: false),
    };

    /// <summary>Element sets of two lines with a line "0 NAME" before them.</summary>
    public static FileFormat<MeanElements> ThreeLine { get; } = new("3le", "Two-line element set with a name line, Alpha-5", ".3le", ElementRecognition.ThreeLine)
    {
        Open = (stream, options) => OpenTle(stream, options, AsRead),
        Create = (stream, options) => new TleWriter(stream, options, named: true),
    };

    /// <summary>Orbit mean-elements messages as CSV, as CelesTrak and Space-Track publish them.</summary>
    public static FileFormat<MeanElements> OmmCsv { get; } = new("omm-csv", "CCSDS 502.0-B OMM as CSV (CelesTrak, Space-Track)", ".csv", ElementRecognition.Csv)
    {
        Open = (stream, options) => OpenCsv(stream, options, AsRead),
        Create = (stream, options) => new CsvWriter(stream, options),
    };

    /// <summary>Orbit mean-elements messages as an array of flat JSON objects, as CelesTrak and Space-Track publish them.</summary>
    public static FileFormat<MeanElements> OmmJson { get; } = new("omm-json", "CCSDS 502.0-B OMM as flat JSON (CelesTrak, Space-Track)", ".json", ElementRecognition.Json)
    {
        Open = (stream, options) => OpenJson(stream, options, AsRead),
        Create = (stream, options) => new JsonElementWriter(stream, options),
    };

    public static IReadOnlyList<FileFormat> All { get; } = [Tle, ThreeLine, OmmCsv, OmmJson];

    internal static MeanElements AsRead(MeanElements elements, ElementOutput output) => elements;

    internal static IFormatReader<T> OpenTle<T>(Stream stream, FormatReadOptions options, ElementInterpreter<T> interpret) where T : class
    {
        var output = Output(options, interpret);
        return new ElementLineReader<T>(stream, output, new TleParser(output));
    }

    internal static IFormatReader<T> OpenCsv<T>(Stream stream, FormatReadOptions options, ElementInterpreter<T> interpret) where T : class
    {
        var output = Output(options, interpret);
        return new ElementLineReader<T>(stream, output, new CsvParser(output));
    }

    internal static IFormatReader<T> OpenJson<T>(Stream stream, FormatReadOptions options, ElementInterpreter<T> interpret) where T : class
        => new JsonElementReader<T>(stream, Output(options, interpret));

    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the line limit is outside 64 to 1 MiB.</exception>
    private static ElementOutput<T> Output<T>(FormatReadOptions options, ElementInterpreter<T> interpret) where T : class
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxIssues);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLineBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxLineBytes, 1 << 20);
        return new ElementOutput<T>(options, interpret);
    }
}
