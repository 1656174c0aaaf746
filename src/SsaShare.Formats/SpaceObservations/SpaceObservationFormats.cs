namespace SsaShare.Formats;

/// <summary>The formats of observations; each reads to and writes from <see cref="ObservationRecord"/>.</summary>
public static class SpaceObservationFormats
{
    /// <summary>Observation cards of the Space Surveillance Network, archive form.</summary>
    public static FileFormat<ObservationRecord> B3 { get; } = new("b3", "Space Surveillance Network observation cards (B3)", ".obs", ObservationRecognition.OfB3)
    {
        Open = (stream, options) => new ObservationFileReader(stream, options, (told, items) => new B3Parser(told, items)),
        Create = (stream, options) => new B3Writer(stream, options),
    };

    /// <summary>Laser ranging data of the International Laser Ranging Service.</summary>
    public static FileFormat<ObservationRecord> Crd { get; } = new("crd", "ILRS consolidated laser ranging data (CRD) 1 and 2.01", ".crd", ObservationRecognition.OfCrd)
    {
        Open = (stream, options) => new ObservationFileReader(stream, options, (told, items) => new CrdParser(told, items)),
        Create = (stream, options) => new CrdWriter(stream, options),
    };

    /// <summary>Visual observations, one a line, by catalogue number.</summary>
    public static FileFormat<ObservationRecord> Iod { get; } = new("iod", "visual observations, IOD format", ".iod", ObservationRecognition.OfIod)
    {
        Open = (stream, options) => new ObservationFileReader(stream, options, (told, items) => new IodParser(told, items)),
        Create = (stream, options) => new IodWriter(stream, options),
    };

    /// <summary>Visual observations, one a line, by international designation.</summary>
    public static FileFormat<ObservationRecord> Uk { get; } = new("uk", "visual observations, United Kingdom format", ".uk", ObservationRecognition.OfUk)
    {
        Open = (stream, options) => new ObservationFileReader(stream, options, (told, items) => new UkParser(told, items)),
        Create = (stream, options) => new UkWriter(stream, options),
    };

    /// <summary>Reports of visual observations of one site and month.</summary>
    public static FileFormat<ObservationRecord> Rde { get; } = new("rde", "visual observations, R. D. Eberst's format", ".rde", ObservationRecognition.OfRde)
    {
        Open = (stream, options) => new ObservationFileReader(stream, options, (told, items) => new RdeParser(told, items)),
        Create = (stream, options) => new RdeWriter(stream, options),
    };

    /// <summary>Our own lines of JSON, which hold everything that the others say.</summary>
    public static FileFormat<ObservationRecord> JsonLines { get; } = new("ssa-jsonl", "observations as lines of JSON (SsaShare)", ".jsonl", ObservationRecognition.OfJson)
    {
        Open = (stream, options) => new ObservationFileReader(stream, options, (told, items) => new ObservationJsonParser(told, items)),
        Create = (stream, options) => new ObservationJsonWriter(stream, options),
    };

    public static IReadOnlyList<FileFormat<ObservationRecord>> All { get; } = [B3, Iod, Uk, Rde, Crd, JsonLines];
}
