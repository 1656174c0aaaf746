namespace SsaShare.Formats;

/// <summary>Reads a file of sensors in any of its formats, told by its content: our own JSON (<see cref="SensorListFile"/>, or one <see cref="SensorFile"/>), or SENSOR.DAT (<see cref="SensorDat"/>). Total.</summary>
public static class SensorsFile
{
    /// <summary>Longest file read, bytes.</summary>
    public const int BytesMax = 16 << 20;

    /// <param name="bytes">The whole file.</param>
    /// <param name="fileName">The name that issues carry.</param>
    /// <param name="issues">Receives every fault found; the sensors without one are given all the same.</param>
    public static IReadOnlyList<SensorDescription> Read(ReadOnlySpan<byte> bytes, string fileName, List<ReadIssue> issues)
    {
        if (bytes.Length > BytesMax)
        {
            issues.Add(new ReadIssue(fileName, 1, IssueSeverity.Refused, "file", "", $"longer than {BytesMax} bytes", "this is not a file of sensors"));
            return [];
        }
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        var sensors = bytes.TrimStart(" \t\r\n"u8).StartsWith("{"u8) ? SensorListFile.Read(bytes, fileName, issues) : SensorDat.Read(bytes, fileName, issues);
        var known = new Dictionary<string, SensorDescription>();
        foreach (var sensor in sensors)
            if (!known.TryAdd(sensor.Id, sensor)) issues.Add(new ReadIssue(fileName, sensor.Line, IssueSeverity.Refused, "id", sensor.Id, $"described before, at line {known[sensor.Id].Line}", "describe each sensor once"));
        if (sensors.Count == 0 && issues.Count == 0) issues.Add(new ReadIssue(fileName, 1, IssueSeverity.Refused, "file", "", "has no sensors", "give a file as SENSOR.DAT, or our JSON"));
        return [.. known.Values];
    }
}
