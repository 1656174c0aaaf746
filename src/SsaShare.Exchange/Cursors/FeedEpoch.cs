using System.Security.Cryptography;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>The epoch of a provider's cursors: that of its database, until that is restored from a backup and its operator has said so.</summary>
public static class FeedEpoch
{
    /// <param name="database">The epoch that the database has, which a backup of it has too.</param>
    /// <param name="keys">The provider's own history.</param>
    public static Guid Of(Guid database, KeyHistory keys)
        => keys.Events.LastOrDefault(one => one.Cut is not null) is { } restore ? new Guid(SHA256.HashData([.. database.ToByteArray(), .. restore.Id.ToArray()]).AsSpan(0, 16)) : database;
}
