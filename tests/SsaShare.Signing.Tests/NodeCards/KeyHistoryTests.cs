namespace SsaShare.Signing.Tests.NodeCards;

public sealed class KeyHistoryTests
{
    private readonly KeyParty _alpha = new();

    [Fact]
    public void SigningKey_AfterRotations_IsTheOneOfEachDate()
    {
        var (first, second, third) = (_alpha.Signing, Next(10), Next(20));
        var history = Whole();
        Assert.Equal(_alpha.Card.Id, history.Current.Id);
        foreach (var (key, from, until) in new[] { (first, -1000, 10), (second, 10, 20), (third, 20, 1000) })
            foreach (int day in new[] { -999, 9, 10, 19, 20, 999 })
                Assert.Equal(day >= from && day < until, history.SigningKey(key.Id, KeyParty.Day(day)) is not null);
        Assert.NotNull(history.SigningKey(first.Id, KeyParty.Day(10).AddTicks(-1)));
        Assert.All([first, second, third], key => Assert.Equal(key.VerificationKey, history.UndatedKey(key.Id)));
        Assert.Null(history.UndatedKey(KeyParty.NewKey().Id));

        SigningKey Next(int day)
        {
            _alpha.Change(day, logSize: day);
            return _alpha.Signing;
        }
    }

    [Fact]
    public void SigningKey_AfterRevocation_GivesEveryDateSinceTheCompromiseToTheNewKey()
    {
        var (first, recovery) = (_alpha.Signing, _alpha.Recovery);
        _alpha.Change(day: 10, logSize: 5);
        var second = _alpha.Signing;
        // The compromise is older than the rotation before: both keys were in other hands.
        _alpha.Change(day: 20, logSize: 8, compromisedDay: 7);
        var third = _alpha.Signing;
        var history = Whole();
        Assert.NotNull(history.SigningKey(first.Id, KeyParty.Day(6)));
        Assert.Null(history.SigningKey(first.Id, KeyParty.Day(7)));
        Assert.All([7, 9, 12, 25], day => Assert.Null(history.SigningKey(second.Id, KeyParty.Day(day))));
        Assert.All([7, 9, 12, 25], day => Assert.NotNull(history.SigningKey(third.Id, KeyParty.Day(day))));
        Assert.Null(history.SigningKey(third.Id, KeyParty.Day(6)));
        Assert.Null(history.UndatedKey(first.Id));
        Assert.Null(history.UndatedKey(second.Id));
        Assert.NotNull(history.EverKey(second.Id));
        Assert.NotNull(history.UndatedKey(third.Id));
        Assert.Equal(recovery.VerificationKey, history.Current.Card.RecoveryKey);
    }

    [Fact]
    public void LogKeyAndWitnessKey_AfterRotations_AreBySizeAndByDate()
    {
        var (log, witness) = (_alpha.Log.Verifier, _alpha.Witness.Verifier);
        _alpha.Change(day: 10, logSize: 100);
        var (log2, witness2) = (_alpha.Log.Verifier, _alpha.Witness.Verifier);
        _alpha.Change(day: 20, logSize: 100, notes: false);
        _alpha.Change(day: 30, logSize: 300, compromisedDay: 25);
        var history = Whole();
        Assert.All([0L, 1, 100], size => Assert.Equal(log, history.LogKey(history.LogName, size)));
        Assert.All([101L, 300], size => Assert.Equal(log2, history.LogKey(history.LogName, size)));
        Assert.All([301L, long.MaxValue], size => Assert.Equal(_alpha.Log.Verifier, history.LogKey(history.LogName, size)));
        Assert.Equal(witness, history.WitnessKey(KeyParty.Day(9)));
        Assert.All([10, 20, 24], day => Assert.Equal(witness2, history.WitnessKey(KeyParty.Day(day))));
        Assert.All([25, 40], day => Assert.Equal(_alpha.Witness.Verifier, history.WitnessKey(KeyParty.Day(day))));
    }

    [Fact]
    public void LogKey_AfterARestoreBehindARotation_IsByNameAndSize()
    {
        var log = _alpha.Log.Verifier;
        _alpha.Change(day: 10, logSize: 500);
        var log2 = _alpha.Log.Verifier;
        KeyEvent restored = _alpha.Restore(day: 20, logSize: 400, heldSize: 390, seenSize: 700);
        var log3 = _alpha.Card.Card.LogKey;
        _alpha.Change(day: 30, logSize: 450);
        KeyHistory history = Whole();
        const string Old = KeyParty.LogName, New = $"{KeyParty.LogName}/2";
        Assert.Equal((New, 400L), (history.LogName, history.LogBegin));
        Assert.Equal((restored.Id, restored.Id), (history.EndOf(Old)!.Id, history.BeginningOf(New)!.Id));
        Assert.Null(history.EndOf(New) ?? history.BeginningOf(Old) ?? history.EndOf("another"));
        Assert.All([0L, 390, 500], size => Assert.Equal(log, history.LogKey(Old, size)));
        // What others have seen of the old name still opens, and so does what should never have been signed: it is evidence.
        Assert.All([501L, 700, long.MaxValue], size => Assert.Equal(log2, history.LogKey(Old, size)));
        // Under the new name nothing is smaller than the log was when it was restored.
        Assert.All([0L, 390, 400], size => Assert.Null(history.LogKey(New, size)));
        Assert.All([401L, 450], size => Assert.Equal(log3, history.LogKey(New, size)));
        Assert.Equal(_alpha.Log.Verifier, history.LogKey(New, 451));
        Assert.Null(history.LogKey($"{Old}/3", 451));
        Assert.True(log3.PublicKey.SequenceEqual(log2.PublicKey) && !log3.Equals(log2));
        // A key that goes back is refused, a log that does so without a restore too.
        Assert.Equal(KeyEventOutcome.Refused, history.With(_alpha.Change(day: 40, logSize: 449, keep: false)).Outcome);
        Assert.Equal(KeyEventOutcome.Taken, history.With(_alpha.Restore(day: 40, logSize: 10, heldSize: 10, seenSize: 451)).Outcome);
    }

    [Fact]
    public void With_TwoRestoresOfOneCard_IsAConflict()
    {
        KeyEvent one = _alpha.Restore(day: 10, logSize: 40, heldSize: 40, seenSize: 70, keep: false), other = _alpha.Restore(day: 10, logSize: 40, heldSize: 40, seenSize: 80, keep: false);
        var (outcome, after, _) = KeyHistory.Of(_alpha.Card).WithAll([one]).With(other);
        Assert.Equal(KeyEventOutcome.Conflict, outcome);
        Assert.Null(after.LogKey(KeyParty.LogName, 41));
        Assert.Null(after.LogKey($"{KeyParty.LogName}/2", 41));
    }

    [Fact]
    public void LogKeyCompromisedSince_OfAKeyThatARevocationReplaced_IsTheCompromise()
    {
        _alpha.Change(day: 10, logSize: 100);
        Assert.Null(Whole().LogKeyCompromisedSince(KeyParty.LogName, 100));
        _alpha.Change(day: 20, logSize: 200, compromisedDay: 15, notes: false);
        // The owner says by it that the log key is in nobody else's hands, and that the first one may have been.
        Assert.Null(Whole().LogKeyCompromisedSince(KeyParty.LogName, 150));
        Assert.Equal(KeyParty.Day(15), Whole().LogKeyCompromisedSince(KeyParty.LogName, 100));
        _alpha.Change(day: 30, logSize: 300, compromisedDay: 12);
        _alpha.Change(day: 40, logSize: 400);
        Assert.All([0L, 100, 150, 200, 300], size => Assert.Equal(KeyParty.Day(12), Whole().LogKeyCompromisedSince(KeyParty.LogName, size)));
        Assert.All([301L, 400, 401], size => Assert.Null(Whole().LogKeyCompromisedSince(KeyParty.LogName, size)));
    }

    [Fact]
    public void With_AnyOrderAndAnyCardPinned_ComesToTheSameHistory()
    {
        for (int day = 1; day <= 4; day++) _alpha.Change(day, logSize: day, recovery: day == 2);
        var random = new Random(3);
        var whole = Whole();
        for (int pinned = 0; pinned < 5; pinned++)
            for (int turn = 0; turn < 10; turn++)
            {
                var events = _alpha.Events.ToArray();
                random.Shuffle(events);
                var history = KeyHistory.Of(_alpha.Cards[pinned]).WithAll(events);
                Assert.Equal(whole.Cards.Select(card => card.Id), history.Cards.Select(card => card.Id));
                Assert.Equal(4, history.Sequence);
                Assert.True(history.IsConsistentWith(KeyHistory.Of(_alpha.Cards[pinned])));
                Assert.True(KeyHistory.Of(_alpha.Cards[pinned]).IsConsistentWith(history));
            }
    }

    [Fact]
    public void With_GapOrRepetition_IsEarlyOrKnown()
    {
        for (int day = 1; day <= 3; day++) _alpha.Change(day, logSize: day);
        var history = KeyHistory.Of(_alpha.Cards[0]);
        Assert.Equal(KeyEventOutcome.Early, history.With(_alpha.Events[1]).Outcome);
        Assert.Equal(KeyEventOutcome.Early, KeyHistory.Of(_alpha.Cards[3]).With(_alpha.Events[0]).Outcome);
        history = history.With(_alpha.Events[0]).After;
        Assert.Equal(KeyEventOutcome.Known, history.With(_alpha.Events[0]).Outcome);
        Assert.Equal(KeyEventOutcome.Early, history.With(_alpha.Events[2]).Outcome);
    }

    [Fact]
    public void With_TwoChangesOfOneCard_BelievesNeitherAndKeepsBoth()
    {
        var first = _alpha.Signing;
        var other = _alpha.Change(day: 8, logSize: 3, keep: false);
        var known = _alpha.Change(day: 10, logSize: 5);
        var second = _alpha.Signing;
        _alpha.Change(day: 12, logSize: 7);
        var third = _alpha.Signing;
        var (outcome, history, fault) = Whole().With(other);
        Assert.Equal(KeyEventOutcome.Conflict, outcome);
        Assert.NotEmpty(fault);
        Assert.Equal((known.Id, other.Id), (history.Conflict!.Known.Id, history.Conflict.Other.Id));
        Assert.Equal(_alpha.Cards[0].Id, history.Current.Id);
        Assert.NotNull(history.SigningKey(first.Id, KeyParty.Day(7)));
        Assert.All([first, second, third], key => Assert.Null(history.SigningKey(key.Id, KeyParty.Day(9))));
        Assert.All([first, second, third], key => Assert.Null(history.SigningKey(key.Id, KeyParty.Day(13))));
        Assert.NotNull(history.LogKey(history.LogName, 3));
        Assert.Null(history.LogKey(history.LogName, 4));
        Assert.Null(history.WitnessKey(KeyParty.Day(8)));
        // What was taken before can still be read back.
        Assert.All([second, third], key => Assert.NotNull(history.EverKey(key.Id)));
        Assert.All([second, third], key => Assert.Null(history.UndatedKey(key.Id)));
        Assert.Equal(KeyEventOutcome.Known, history.With(other).Outcome);
        Assert.Equal(KeyEventOutcome.Early, history.With(_alpha.Change(day: 19, logSize: 9, keep: false)).Outcome);
        Assert.Equal(history.Conflict.Other.Id, KeyHistory.Of(_alpha.Cards[0]).WithAll([.. _alpha.Events, other]).Conflict!.Other.Id);
    }

    [Fact]
    public void With_InventedCardBefore_IsNeitherTakenNorAConflict()
    {
        _alpha.Change(day: 1, logSize: 1);
        var thief = new KeyParty();
        var invented = thief.Change(day: 2, logSize: 2);
        var history = Whole();
        Assert.Equal(KeyEventOutcome.Refused, history.With(invented).Outcome);
        Assert.Equal(KeyEventOutcome.Refused, history.With(new KeyParty("beta").Change(1, 1)).Outcome);
        Assert.Same(history, history.WithAll([invented]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void With_PastInventedByAThiefOfTheSigningKey_IsNoEvent(int changes)
    {
        for (int day = 1; day <= changes; day++) _alpha.Change(day, logSize: day);
        // The thief has the signing key of the card that is pinned, and invents one before it with a recovery key of its own.
        var (thief, pinned) = (new KeyParty(), _alpha.Card);
        while (thief.Card.Card.Sequence < changes - 1) thief.Change(day: 1, logSize: 1);
        foreach (int sequence in new[] { changes, changes + 1, thief.Card.Card.Sequence + 1, 7 })
        {
            var content = new KeyEventContent(Math.Max(sequence, 1), KeyAction.Rotate, thief.Card, pinned, pinned.Card.IssuedAt, null, 0, "stolen");
            Assert.Throws<ArgumentException>(() => KeyEvent.Create(content, thief.Recovery, _alpha.Signing));
            byte[] written = DsseEnvelope.Create(KeyEvent.PayloadType, KeyEventJson.Write(content)).Sign(thief.Recovery).Sign(_alpha.Signing).ToJson();
            Assert.False(KeyEvent.TryOpen(written, out _, out string? fault));
            Assert.Contains("does not say that it follows", fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void With_AnotherCardOfTheStolenKeyAfterAnInventedPast_LeavesTheHistoryOpenToTheRealRevocation()
    {
        var pinned = KeyHistory.Of(_alpha.Card);
        var (thief, card, stolen) = (new KeyParty(), _alpha.Card.Card, _alpha.Signing);
        // Its own card of the stolen key says that it follows on the invented one: it is well-formed, and not what is pinned.
        var next = new NodeCard(card.PartnerId, card.DisplayName, card.Endpoint, card.SigningKey, card.LogKey, card.WitnessKey, card.RecoveryKey, card.TlsPins, card.OperatorPins,
            KeyParty.Day(2), thief.Card.Id, sequence: 1).Sign(stolen);
        var invented = KeyEvent.Create(new KeyEventContent(1, KeyAction.Rotate, thief.Card, next, KeyParty.Day(2), null, 0, "stolen"), thief.Recovery, stolen);
        Assert.Equal(KeyEventOutcome.Refused, pinned.With(invented).Outcome);
        var revocation = _alpha.Change(day: 3, logSize: 1, compromisedDay: 1);
        Assert.Equal(KeyEventOutcome.Taken, pinned.WithAll([invented]).With(revocation).Outcome);
    }

    [Fact]
    public void With_WhatGoesBackInTimeOrLogOrReturnsToAKey_IsRefused()
    {
        var old = (_alpha.Signing, _alpha.Log, _alpha.Witness);
        _alpha.Change(day: 10, logSize: 10);
        var history = Whole();
        Assert.Equal(KeyEventOutcome.Refused, history.With(_alpha.Change(day: 9, logSize: 11, keep: false)).Outcome);
        Assert.Equal(KeyEventOutcome.Refused, history.With(_alpha.Change(day: 11, logSize: 9, keep: false)).Outcome);
        Assert.Equal(KeyEventOutcome.Taken, history.With(_alpha.Change(day: 11, logSize: 11, keep: false)).Outcome);
        var card = _alpha.Card.Card;
        var back = new NodeCard(card.PartnerId, card.DisplayName, card.Endpoint, old.Signing.VerificationKey, card.LogKey, card.WitnessKey, card.RecoveryKey, card.TlsPins, card.OperatorPins, KeyParty.Day(12), _alpha.Card.Id, sequence: 2).Sign(old.Signing);
        var returning = KeyEvent.Create(new KeyEventContent(2, KeyAction.Rotate, _alpha.Card, back, KeyParty.Day(12), null, 12, "back"), _alpha.Recovery, old.Signing);
        Assert.Equal(KeyEventOutcome.Refused, history.With(returning).Outcome);
    }

    [Fact]
    public void IsConsistentWith_Fork_IsNot()
    {
        var other = _alpha.Change(day: 8, logSize: 3, keep: false);
        _alpha.Change(day: 10, logSize: 5);
        var fork = KeyHistory.Of(_alpha.Cards[0]).With(other).After;
        Assert.False(Whole().IsConsistentWith(fork));
        Assert.False(fork.IsConsistentWith(Whole()));
        Assert.False(Whole().IsConsistentWith(KeyHistory.Of(new KeyParty().Card)));
        Assert.True(Whole().IsConsistentWith(KeyHistory.Of(_alpha.Cards[0])));
    }

    private KeyHistory Whole() => KeyHistory.Of(_alpha.Cards[0]).WithAll(_alpha.Events);
}
