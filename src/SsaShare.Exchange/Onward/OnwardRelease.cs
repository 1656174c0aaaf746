using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>How a node came to hold another's record: from whom, under which agreement, with which terms of those before.</summary>
/// <param name="Provider">From whom.</param>
/// <param name="Agreement">Under which it came.</param>
/// <param name="State">Where that agreement stands here now.</param>
/// <param name="Terms">What the record brought along; null when it came from its originator.</param>
/// <param name="Received">When it came.</param>
/// <param name="Published">When its originator published it.</param>
public sealed record HeldUnder(PartnerId Provider, Agreement Agreement, AgreementState State, CarriedTerms? Terms, Epoch Received, Epoch Published);

/// <summary>
/// Whether a node may pass a record on, and with which terms. Two agreements and all terms carried so far must allow it: what any of them keeps
/// back stays back. Pure.
/// </summary>
public static class OnwardRelease
{
    /// <summary>What the agreement and the terms under which <paramref name="relay"/> holds the record let it pass on to <paramref name="next"/>.</summary>
    /// <param name="facts">The record, in the form in which it is held.</param>
    /// <param name="held">The way it came.</param>
    /// <param name="relay">Who holds it.</param>
    /// <param name="next">Who would get it.</param>
    /// <param name="now">The time of release.</param>
    /// <param name="reason">Why not, when null is returned.</param>
    /// <returns>The terms that the record then carries; null when it may not go.</returns>
    public static CarriedTerms? Allow(in RecordFacts facts, HeldUnder held, PartnerId relay, PartnerId next, Epoch now, out WithholdReason reason)
    {
        var (form, age) = (FormUnder(facts, held.Agreement), PublishedAge.At(now, held.Published));
        var decision = ReleasePolicy.DecideOnward(facts, form, held.Agreement, held.State, held.Provider, relay, next, now, age);
        reason = decision.Reason;
        if (!decision.IsAllowed) return null;
        var grant = held.Agreement.Terms.Grants.Single(one => one.Id == decision.Clause);
        var before = held.Terms ?? new CarriedTerms(Purposes.Any, CarriedTerms.HopsMax, null, null, null);
        if (!before.AllowsOnwardTo(next)) reason = before.HopsLeft > 0 ? WithholdReason.OnwardNotNamed : WithholdReason.OnwardNotGranted;
        var purposes = decision.Purposes & before.Purposes;
        if (purposes == Purposes.None || before.KeepUntil <= now) reason = WithholdReason.OnwardNotGranted;
        if (reason != WithholdReason.None) return null;

        int hops = Math.Min(decision.HopsMax, before.HopsLeft) - 1;
        // Those for whom the relay itself may use it: a prohibition of products for a reader goes along.
        var readers = ImmutableArray.CreateBuilder<PartnerId>();
        foreach (var reader in grant.DerivedProductsFor.Values)
            if (ReleasePolicy.DecideDerived(facts, form, held.Agreement, held.State, held.Provider, relay, reader, now, age).IsReleased) readers.Add(reader);
        return new CarriedTerms(purposes, hops, hops == 0 ? [] : Both(Audience(grant, held.Agreement, relay), before.To), Both(readers.ToImmutable(), before.DerivedProductsFor),
            Earlier(KeepUntil(held, decision.Retention), before.KeepUntil));
    }

    /// <summary>What the relay itself must delete, whoever has it from the relay must too; that an agreement ends earlier than it says does not reach them.</summary>
    private static Epoch? KeepUntil(HeldUnder held, TimeSpan? retention)
        => Earlier(retention is { } kept ? PublishedAge.Reached(held.Received, kept) : null, held.Agreement.Terms.AfterEnd == AfterEnd.Delete ? held.Agreement.Terms.ValidUntil : null);

    /// <summary>The form of a record as an agreement knows it: in full also for one that was degraded under another.</summary>
    public static ReleaseForm FormUnder(in RecordFacts facts, Agreement agreement) => facts.DegradedUnder == agreement.Id ? facts.Form : ReleaseForm.Full;

    /// <summary>To whom a grant lets its recipient pass records on; null is anybody.</summary>
    private static ImmutableArray<PartnerId>? Audience(Grant grant, Agreement agreement, PartnerId relay) => grant.Onward switch
    {
        OnwardAudience.Public => null,
        OnwardAudience.Named => grant.OnwardTo.Values,
        OnwardAudience.SameTier => [.. agreement.Parties.Where(party => party.Tier == agreement.Parties.Single(one => one.Partner == relay).Tier).Select(party => party.Partner)],
        _ => [],
    };

    private static ImmutableArray<PartnerId>? Both(ImmutableArray<PartnerId>? left, ImmutableArray<PartnerId>? right)
        => left is not { } a ? Sorted(right) : right is not { } b ? Sorted(a) : Sorted([.. a.Intersect(b)]);

    private static ImmutableArray<PartnerId>? Sorted(ImmutableArray<PartnerId>? partners)
        => partners is { } some ? [.. some.OrderBy(partner => partner.Value, StringComparer.Ordinal)] : null;

    private static Epoch? Earlier(Epoch? left, Epoch? right) => left is { } a && right is { } b ? (a < b ? a : b) : left ?? right;
}
