using Microsoft.EntityFrameworkCore;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>The feed's publications without their records.</summary>
internal sealed class FeedOutlines(NodeDatabase database) : IFeedOutlines
{
    public async Task<IReadOnlyList<PublicationOutline>> ReadAsync(long afterPosition, int publicationsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(publicationsMax, 1);
        await using var db = database.Read();
        var rows = await db.Set<PublicationRow>().Where(row => row.FeedPosition > afterPosition).OrderBy(row => row.FeedPosition).Take(publicationsMax).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new PublicationOutline(row.FeedPosition!.Value, row.Published(), row.RecordCount))];
    }
}
