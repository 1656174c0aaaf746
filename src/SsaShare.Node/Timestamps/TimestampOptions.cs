using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace SsaShare.Node;

/// <summary>Which RFC 3161 authority stamps this node's checkpoints, and how often. Without an authority none does.</summary>
/// <param name="Authority">Where it answers, http or https: its signature counts, not the transport's.</param>
/// <param name="Roots">What must vouch for it; a stamp that they do not vouch for is not kept.</param>
/// <param name="Interval">From one stamp to the next, where the log has grown. Default 1 h.</param>
public sealed record TimestampOptions(Uri Authority, X509Certificate2Collection Roots, TimeSpan Interval)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Default = TimeSpan.FromHours(1);

    /// <summary>Reads the settings Timestamps:Authority, Timestamps:RootsFile and Timestamps:Interval.</summary>
    /// <returns>Null when no authority is set.</returns>
    /// <exception cref="InvalidDataException">A setting is not of its form; the message names it.</exception>
    public static TimestampOptions? Read(IConfiguration configuration)
    {
        if (configuration["Timestamps:Authority"] is not { Length: > 0 } address) return null;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttp && authority.Scheme != Uri.UriSchemeHttps))
            throw new InvalidDataException($"Timestamps:Authority is '{address}'; expected the http or https address of an RFC 3161 time-stamp authority.");
        if (configuration["Timestamps:RootsFile"] is not { Length: > 0 } rootsFile)
            throw new InvalidDataException("Timestamps:RootsFile is missing: a PEM file with the root certificates that vouch for the authority.");
        var interval = Default;
        if (configuration["Timestamps:Interval"] is { Length: > 0 } given && (!TimeSpan.TryParse(given, CultureInfo.InvariantCulture, out interval) || interval < Shortest))
            throw new InvalidDataException($"Timestamps:Interval is '{given}'; expected hours, minutes and seconds such as 01:00:00, at least one second.");
        return new TimestampOptions(authority, ReadRoots(rootsFile), interval);
    }

    private static X509Certificate2Collection ReadRoots(string path)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidDataException($"Timestamps:RootsFile: {path} cannot be read: {e.Message}", e);
        }
        return roots.Count > 0 ? roots : throw new InvalidDataException($"Timestamps:RootsFile: {path} holds no certificate in PEM form.");
    }
}
