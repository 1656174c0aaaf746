using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Manoeuvre and event notices in JSON: strict, with line and field of what is wrong.</summary>
public sealed class NoticeFileTests
{
    public const string Maneuver = """
        {
          "format": "ssashare-maneuver/1",
          "object_tag": "25544",
          "status": "planned",
          "start": "2026-11-23T10:00:00Z",
          "end": "2026-11-23T10:05:30.5Z",
          "delta_v_rtn_km_per_s": {"x": 0.0001, "y": 0.002, "z": -0.0003},
          "sigma_rtn_km_per_s": {"x": 1e-5, "y": 2e-5, "z": 0},
          "text": "Reboost"
        }
        """;

    public const string Event = """
        {
          "format": "ssashare-event/1",
          "kind": "re_entry",
          "epoch": "2026-11-23T10:00:00Z",
          "epoch_sigma_s": 600,
          "object_tags": ["12345", "12346"],
          "frame": "gcrf",
          "position_km": {"x": 6500, "y": 1, "z": -2},
          "confidence": 0.75
        }
        """;

    [Fact]
    public void Read_Maneuver_IsThatManeuver()
    {
        var (maneuver, none) = Read(Maneuver, out var issues);
        Assert.Empty(issues);
        Assert.Null(none);
        Assert.Equal(new ManeuverNotice("25544", ManeuverStatus.Planned, At(10, 0, 0), At(10, 5, 30).PlusSeconds(0.5), new Vector3d(0.0001, 0.002, -0.0003), new Vector3d(1e-5, 2e-5, 0), "Reboost"), maneuver);
    }

    [Fact]
    public void Read_Event_IsThatEvent()
    {
        var (none, happening) = Read(Event, out var issues);
        Assert.Empty(issues);
        Assert.Null(none);
        Assert.Equal(new EventNotice(EventKind.ReEntry, At(10, 0, 0), 600, ["12345", "12346"], new EventPosition(Frame.Gcrf, new Vector3d(6500, 1, -2)), 0.75, null), happening);
    }

    [Theory]
    [InlineData(Maneuver, "\"planned\"", "\"hoped\"", 4, "status")]
    [InlineData(Maneuver, "2026-11-23T10:05:30.5Z", "2026-11-23T09:00:00Z", 6, "end")]
    [InlineData(Maneuver, "2026-11-23T10:05:30.5Z", "soon", 6, "end")]
    [InlineData(Maneuver, "\"z\": 0}", "\"z\": -1}", 8, "sigma_rtn_km_per_s")]
    [InlineData(Maneuver, "\"y\": 0.002, ", "", 7, "delta_v_rtn_km_per_s")]
    [InlineData(Maneuver, "\"y\": 0.002", "\"y\": 0.002, \"y\": 1", 7, "delta_v_rtn_km_per_s")]
    [InlineData(Maneuver, "\"text\"", "\"test\"", 9, "test")]
    [InlineData(Maneuver, "ssashare-maneuver/1", "ssashare-sensor/1", 2, "format")]
    [InlineData(Event, "\"re_entry\"", "\"ReEntry\"", 3, "kind")]
    [InlineData(Event, "0.75", "75", 9, "confidence")]
    [InlineData(Event, "\"frame\": \"gcrf\",", "", 1, "frame")]
    [InlineData(Event, "\"12346\"", "\"\"", 6, "object_tags")]
    [InlineData(Event, "6500", "6500000", 8, "position_km")]
    public void Read_AFault_IsRefusedAtItsLine(string notice, string good, string bad, long line, string field)
    {
        Assert.Equal(default, Read(notice.Replace(good, bad, StringComparison.Ordinal), out var issues));
        Assert.Contains(issues, issue => issue.Line == line && issue.Field == field);
    }

    private static (ManeuverNotice?, EventNotice?) Read(string json, out List<ReadIssue> issues)
    {
        issues = [];
        return NoticeFile.Read(Encoding.UTF8.GetBytes(json), "notice.json", TestFiles.Now, issues);
    }

    private static Epoch At(int hour, int minute, int second) => Utc.FromDateTime(new DateTimeOffset(2026, 11, 23, hour, minute, second, TimeSpan.Zero));
}
