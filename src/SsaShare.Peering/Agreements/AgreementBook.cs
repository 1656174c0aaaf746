using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>The agreements of this node as one immutable snapshot, replaced whole when one changes.</summary>
public sealed class AgreementBook(NodeIdentity identity, PeerDirectory directory, IAgreementStore store, TimeProvider time, ILogger<AgreementBook> logger) : IDisposable
{
    /// <summary>Most agreements signed by one partner that wait for others' signatures here: a partner can neither fill the store with proposals nor keep others' out.</summary>
    public const int OpenProposalsMax = 200;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private volatile Snapshot _snapshot = new(ImmutableDictionary<AgreementId, BookEntry>.Empty);

    /// <summary>Completes when an agreement changes; taken before reading, so that no change is missed.</summary>
    public Task Changed => _snapshot.Replaced.Task;

    public IEnumerable<BookEntry> Entries => _snapshot.Entries.Values;

    public BookEntry? Find(AgreementId id) => _snapshot.Entries.GetValueOrDefault(id);

    /// <summary>Reads the store. Called once at start, after the directory.</summary>
    /// <exception cref="InvalidDataException">A stored agreement no longer verifies: the database or the pinned cards were altered.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var entries = ImmutableDictionary.CreateBuilder<AgreementId, BookEntry>();
        foreach (var stored in await store.ListAsync(cancellationToken))
        {
            if (!AgreementEnvelope.TryParse(stored.Envelope.Span, out var envelope, out string? fault)) throw new InvalidDataException($"Stored agreement {stored.Id}: {fault}");
            var verification = envelope.Verify(Cards);
            if (verification.Agreement is null) throw new InvalidDataException($"Stored agreement {stored.Id}: {verification.Explanation}");
            entries.Add(stored.Id, new BookEntry(envelope, verification, stored.State));
        }
        Replace(entries.ToImmutable());
        // A stop between keeping a successor and superseding its predecessor is made good here.
        foreach (var entry in Entries.ToList()) await SupersedeAsync(entry, cancellationToken);
    }

    /// <summary>Fixes, signs and keeps an agreement that this node's operator proposes.</summary>
    public Task<AgreementAcceptance> ProposeAsync(Agreement agreement, CancellationToken cancellationToken)
        => agreement.HasParty(identity.Partner)
            ? KeepAsync(AgreementEnvelope.Of(agreement).Sign(identity.SigningKey), identity.Partner, cancellationToken)
            : Task.FromResult(new AgreementAcceptance(null, $"'{identity.Partner}' is not a party to this agreement."));

    /// <summary>Adds this node's signature to an agreement that it holds.</summary>
    public async Task<AgreementAcceptance> SignAsync(AgreementId id, CancellationToken cancellationToken)
        => Find(id) is { } entry
            ? await KeepAsync(entry.Envelope.Sign(identity.SigningKey), identity.Partner, cancellationToken)
            : new AgreementAcceptance(null, $"There is no agreement {id} here.");

    /// <summary>Takes an envelope from a peer: verifies it, unites its signatures with those known, and keeps it when it tells something new.</summary>
    /// <param name="received">Any envelope.</param>
    /// <param name="from">Who gives it; must be a party.</param>
    public async Task<AgreementAcceptance> KeepAsync(AgreementEnvelope received, PartnerId from, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var alone = received.Verify(Cards);
            if (alone.Agreement is not { } agreement) return new AgreementAcceptance(null, alone.Explanation);
            var known = Find(received.Id);
            var envelope = known is null ? received : known.Envelope.Unite(received, Cards);
            var verification = envelope.Verify(Cards);
            foreach (var partner in new[] { from, identity.Partner })
                if (!agreement.HasParty(partner)) return new AgreementAcceptance(null, $"'{partner}' is not a party to this agreement.");
            if (known is null && verification.SignedBy.Any(HasTooManyOpen))
                return new AgreementAcceptance(null, $"{OpenProposalsMax} agreements of one signer wait for signatures here; no more are taken until some are signed.");
            if (known is not null && known.Verification.SignedBy.SequenceEqual(verification.SignedBy))
            {
                // Where the store failed between the two saves, this delivery makes it good.
                await SupersedeAsync(known, cancellationToken);
                return new AgreementAcceptance(known, null);
            }

            var entry = new BookEntry(envelope, verification, StateOf(agreement, verification, known?.State));
            await store.SaveAsync(new StoredAgreement(agreement.Id, envelope.ToJson(), entry.State), cancellationToken);
            Replace(_snapshot.Entries.SetItem(agreement.Id, entry));
            await SupersedeAsync(entry, cancellationToken);
            // Its successor may have come first.
            foreach (var successor in Entries.Where(other => other.Agreement.Terms.Supersedes == entry.Agreement.Id).ToList()) await SupersedeAsync(successor, cancellationToken);
            return new AgreementAcceptance(Find(entry.Agreement.Id), null);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private IEnumerable<Signing.NodeCard> Cards => directory.Peers.Select(peer => peer.Card.Card);

    private bool HasTooManyOpen(PartnerId signer)
        => Entries.Count(entry => entry.State is AgreementState.Draft or AgreementState.Proposed && entry.Verification.SignedBy.Contains(signer)) >= OpenProposalsMax;

    /// <summary>Plays the signatures through the life cycle; complete agreements are put into force at once.</summary>
    private AgreementState StateOf(Agreement agreement, AgreementVerification verification, AgreementState? before)
    {
        if (before is AgreementState.Suspended or AgreementState.Superseded or AgreementState.Revoked) return before.Value;
        var now = Utc.FromDateTime(time.GetUtcNow());
        var status = AgreementStatus.Draft;
        foreach (var party in verification.SignedBy) status = AgreementLifeCycle.Apply(agreement, status, new AgreementEvent.Sign(), party, now).Status;
        return AgreementLifeCycle.Apply(agreement, status, new AgreementEvent.Activate(), identity.Partner, now).Status.State;
    }

    /// <summary>An agreement in force takes the place of the one that it names.</summary>
    private async Task SupersedeAsync(BookEntry successor, CancellationToken cancellationToken)
    {
        if (successor.State != AgreementState.Active || successor.Agreement.Terms.Supersedes is not { } id || Find(id) is not { } before) return;
        var status = new AgreementStatus(before.State, before.Verification.SignedBy, []);
        var transition = AgreementLifeCycle.Apply(before.Agreement, status, new AgreementEvent.Supersede(successor.Agreement), identity.Partner, Utc.FromDateTime(time.GetUtcNow()));
        if (transition.IsRefused) return;
        var after = before with { State = transition.Status.State };
        await store.SaveAsync(new StoredAgreement(id, after.Envelope.ToJson(), after.State), cancellationToken);
        Replace(_snapshot.Entries.SetItem(id, after));
        PeeringLog.AgreementSuperseded(logger, id, successor.Agreement.Id);
    }

    private void Replace(ImmutableDictionary<AgreementId, BookEntry> entries)
    {
        var before = _snapshot;
        _snapshot = new Snapshot(entries);
        before.Replaced.TrySetResult();
    }

    private sealed record Snapshot(ImmutableDictionary<AgreementId, BookEntry> Entries)
    {
        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>An agreement with its signatures, verified, and where it stands here.</summary>
public sealed record BookEntry(AgreementEnvelope Envelope, AgreementVerification Verification, AgreementState State)
{
    public Agreement Agreement => Verification.Agreement!;

    /// <summary>Whether some grant lets this provider release something to this recipient.</summary>
    public bool Grants(PartnerId provider, PartnerId recipient)
        => Agreement.Terms.Grants.Any(grant => Selects(grant.From, provider) && Selects(grant.To, recipient)) && provider != recipient;

    private static bool Selects(Selector<PartnerId> selector, PartnerId partner) => selector.IsAny || selector.Values.Contains(partner);
}

/// <summary>An entry, or why an agreement is not taken.</summary>
public sealed record AgreementAcceptance(BookEntry? Entry, string? Fault);
