using System.ComponentModel.DataAnnotations;

namespace SsaShare.Storage;

/// <summary>How a private cluster runs.</summary>
public sealed class PrivateClusterOptions
{
    /// <summary>Folder with <c>postgres</c> and <c>initdb</c>; null to look in the usual places.</summary>
    public string? BinaryFolder { get; set; }

    /// <summary>Longest wait until the server answers, recovery after a crash included. Default 2 min, from 5 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest wait for an orderly stop; then the server is killed and recovers at its next start. Default 30 s, from 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Memory for the server's page cache, MB. Default 128, from 16 to 65,536.</summary>
    [Range(16, 65_536)]
    public int SharedBuffersMb { get; set; } = 128;

    /// <summary>Connections at once. Default 100, from 10 to 10,000.</summary>
    [Range(10, 10_000)]
    public int ConnectionsMax { get; set; } = 100;
}
