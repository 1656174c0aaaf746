using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Finds records as operators name them: by id, by the beginning of an id, or by publication and index.</summary>
public sealed class RecordDesk(IRecordPlaces places, IRecordFinder finder, INoticeStore notices, IReleaseLedger ledger)
{
    /// <summary>The places of own records.</summary>
    /// <param name="names">As operators name them.</param>
    /// <param name="skipsUnknown">Whether those that are not own records are left out.</param>
    /// <returns>Null, with the reason, when one is not an own record, or several begin so; how many were left out.</returns>
    public async Task<(IReadOnlyList<RecordPlace>? Places, string Fault, int Skipped)> FindOwnAsync(IReadOnlyList<string> names, bool skipsUnknown, CancellationToken cancellationToken)
    {
        // Whole ids, of which there may be thousands, are looked up at once.
        var ids = names.Select(name => RecordId.TryParse(name, out var id) ? id : (RecordId?)null).ToList();
        var byId = await places.FindOwnAsync([.. ids.OfType<RecordId>()], cancellationToken);
        var found = new List<RecordPlace>(names.Count);
        int skipped = 0;
        for (int i = 0; i < names.Count; i++)
        {
            var (place, fault) = ids[i] is { } id ? byId.TryGetValue(id, out var known) ? (known, "") : (null, $"There is no own record {id} here.") : await FindOwnAsync(names[i], cancellationToken);
            if (place is { } one) found.Add(one);
            else if (skipsUnknown) skipped++;
            else return (null, fault, 0);
        }
        return ([.. found.Distinct()], "", skipped);
    }

    /// <summary>Everything that is here of a record.</summary>
    /// <returns>No ways, with the reason, when there is none or several begin so.</returns>
    public async Task<(IReadOnlyList<FoundRecord> Ways, string Fault)> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (TryReadPlace(name, out var place))
        {
            var ways = new List<FoundRecord>();
            foreach (var id in await places.FindRecordsAsync(place, cancellationToken))
                if (RecordIdPrefix.TryParse(id.ToString(), out var whole)) ways.AddRange(await finder.FindAsync(whole, 1, cancellationToken));
            return (ways, ways.Count == 0 ? $"There is no record {place} here." : "");
        }
        if (!RecordIdPrefix.TryParse(name, out var prefix)) return ([], $"'{name}' is neither a record id, nor its first {RecordIdPrefix.DigitsMin} or more digits, nor a publication id with an index.");
        var found = await finder.FindAsync(prefix, 2, cancellationToken);
        return found.Count == 0 ? ([], $"There is no record '{name}' here.")
            : found.DistinctBy(one => one.Id).Count() > 1 ? ([], $"Several records begin with '{name}'; give more digits.")
            : (found, "");
    }

    public Task<IReadOnlyList<NoticeReport>> FindNoticesAsync(RecordPlace place, CancellationToken cancellationToken) => notices.FindAsync(place, cancellationToken);

    public Task<IReadOnlyList<NoticeReport>> ListNoticesAsync(long beforeLogIndex, int noticesMax, bool pendingOnly, CancellationToken cancellationToken)
        => notices.ListAsync(beforeLogIndex, noticesMax, pendingOnly, cancellationToken);

    public Task<IReadOnlyList<ReleasedTo>> FindGivingsAsync(RecordPlace place, CancellationToken cancellationToken) => ledger.FindAsync(place.Publication, place.Index, cancellationToken);

    /// <summary>Own observations of a sensor, or of any, within a time.</summary>
    public IAsyncEnumerable<RecordPlace> SelectOwnAsync(SensorId? sensor, Epoch from, Epoch until, CancellationToken cancellationToken) => places.SelectOwnAsync(sensor, from, until, cancellationToken);

    private async Task<(RecordPlace? Place, string Fault)> FindOwnAsync(string name, CancellationToken cancellationToken)
    {
        if (TryReadPlace(name, out var place)) return await places.IsOwnAsync(place, cancellationToken) ? (place, "") : (null, $"There is no own record {place} here.");
        var (ways, fault) = await FindAsync(name, cancellationToken);
        return ways.FirstOrDefault(way => way.Provider is null) is { } own ? (new RecordPlace(own.PublicationId, own.Record.Index), "")
            : (null, fault.Length > 0 ? fault : $"Record {ways[0].Id} is not this node's own: only '{ways[0].Record.Record.Facts.Originator}' can notice it.");
    }

    /// <summary>Reads "PUBLICATION/INDEX". Total.</summary>
    internal static bool TryReadPlace(string name, out RecordPlace place)
    {
        place = default;
        if (name.Split('/') is not [var publication, var index] || !Hash256.TryParseHex(publication, out var hash) || !int.TryParse(index, System.Globalization.NumberStyles.None, null, out int number)) return false;
        place = new RecordPlace(hash, number);
        return place.IsPossible;
    }
}
