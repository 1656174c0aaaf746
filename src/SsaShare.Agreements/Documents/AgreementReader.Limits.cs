using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

internal sealed partial class AgreementReader
{
    private ImmutableArray<VolumeLimit> ReadLimits(DocumentNode node)
    {
        if (Items(node, Words.Limits) is not { } items) return [];
        var limits = ImmutableArray.CreateBuilder<VolumeLimit>();
        foreach (var item in items)
        {
            if (Fields.Of(item, "a limit", Words.Limit, _issues) is not { } fields || ReadName<ClauseId>(fields, "clause", ClauseId.TryParse) is not { } id) continue;
            if (!_clauseIds.Add(id)) _issues.Add(item, $"A clause or limit '{id}' was given before.");
            var limit = new VolumeLimit
            {
                Id = id,
                From = Partners(fields, Words.From, partiesOnly: true),
                To = Partners(fields, Words.To, partiesOnly: true),
                RecordsPerMinute = Whole(fields, Words.RecordsPerMinute, 1, DocumentLimits.LimitMax),
                RecordsPerDay = Whole(fields, Words.RecordsPerDay, 1, DocumentLimits.LimitMax),
                BytesPerDay = Whole(fields, Words.BytesPerDay, 1, DocumentLimits.LimitMax),
            };
            if (!fields.Names.Any(name => name is Words.RecordsPerMinute or Words.RecordsPerDay or Words.BytesPerDay))
                _issues.Add(item, $"Limit '{id}' limits nothing: give it '{Words.RecordsPerMinute}', '{Words.RecordsPerDay}' or '{Words.BytesPerDay}'.");
            if (limits.Count == DocumentLimits.LimitsMax) _issues.Add(item, $"An agreement has at most {DocumentLimits.LimitsMax} limits.");
            if (limits.Count > DocumentLimits.LimitsMax) break;
            limits.Add(limit);
        }
        return limits.ToImmutable();
    }
}
