namespace SsaShare.Formats.Tests;

/// <summary>Tracking data messages written by hand for the tests; the first data line is line 14.</summary>
internal static class TdmText
{
    public const int FirstDataLine = 14;

    public static string Message(string data, string metadata = "PATH = 2,1\nRANGE_UNITS = km\nANGLE_TYPE = AZEL", string timeSystem = "UTC")
    {
        string[] extra = metadata.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] head =
        [
            "CCSDS_TDM_VERS = 2.0", "CREATION_DATE = 2026-01-01T00:00:00", "ORIGINATOR = pacific", "META_START", $"TIME_SYSTEM = {timeSystem}",
            "PARTICIPANT_1 = KAENA-POINT", "PARTICIPANT_2 = 81900", "MODE = SEQUENTIAL", .. extra, "META_STOP", "DATA_START",
        ];
        string[] padding = [.. Enumerable.Repeat("", Math.Max(0, FirstDataLine - 1 - head.Length))];
        return string.Join('\n', [.. head[..4], .. padding, .. head[4..], .. data.Split('\n'), "DATA_STOP", ""]);
    }
}
