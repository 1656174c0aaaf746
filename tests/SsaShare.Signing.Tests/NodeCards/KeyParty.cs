namespace SsaShare.Signing.Tests.NodeCards;

/// <summary>A partner that changes its keys: the private keys of the card in use, and the cards and events so far.</summary>
internal sealed class KeyParty
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>First name of alpha's log.</summary>
    public const string LogName = "ssashare/alpha/log";

    public KeyParty(string partner = "alpha")
    {
        Partner = partner;
        Card = NewCard(Start);
    }

    public string Partner { get; }
    public SigningKey Signing { get; private set; } = NewKey();
    public SigningKey Recovery { get; private set; } = NewKey();
    public NoteSigner Log { get; private set; } = NewLog();
    public NoteSigner Witness { get; private set; } = NewWitness();
    public SignedNodeCard Card { get; private set; }
    public List<SignedNodeCard> Cards { get; } = [];
    public List<KeyEvent> Events { get; } = [];

    public static DateTimeOffset Day(int day) => Start.AddDays(day);

    public static SigningKey NewKey() => SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);

    /// <summary>Changes keys on a day: signing, log and witness unless only some are asked for.</summary>
    public KeyEvent Change(int day, long logSize, int? compromisedDay = null, bool signing = true, bool notes = true, bool recovery = false, bool keep = true)
    {
        var (oldCard, oldSigning, oldRecovery, oldLog, oldWitness) = (Card, Signing, Recovery, Log, Witness);
        if (signing) Signing = NewKey();
        if (notes) (Log, Witness) = (NoteSigner.Generate(Log.Name), NewWitness());
        if (recovery) Recovery = NewKey();
        SignedNodeCard next = NewCard(Day(day), oldCard);
        var content = new KeyEventContent(next.Card.Sequence, compromisedDay is null ? KeyAction.Rotate : KeyAction.Revoke, oldCard, next, Day(day),
            compromisedDay is { } since ? Day(since) : null, logSize, "a reason");
        KeyEvent made = KeyEvent.Create(content, oldRecovery, Signing);
        if (!keep)
        {
            (Signing, Recovery, Log, Witness) = (oldSigning, oldRecovery, oldLog, oldWitness);
            return made;
        }

        Card = next;
        Cards.Add(next);
        Events.Add(made);
        return made;
    }

    /// <summary>Says on a day that the database was restored from a backup.</summary>
    public KeyEvent Restore(int day, long logSize, long heldSize, long seenSize, bool keep = true)
    {
        NodeCard old = Card.Card;
        SignedNodeCard next = new NodeCard(old.PartnerId, old.DisplayName, old.Endpoint, old.SigningKey, old.LogKey.Renamed(LogCut.NextName(old.LogKey.Name)), old.WitnessKey, old.RecoveryKey, old.TlsPins, old.OperatorPins,
            Day(day), Card.Id, old.Sequence + 1).Sign(Signing);
        KeyEvent made = KeyEvent.Create(new KeyEventContent(next.Card.Sequence, KeyAction.Restore, Card, next, Day(day), null, logSize, "disk lost", Cut(day, heldSize, seenSize)), Recovery, Signing);
        if (keep)
        {
            Log = NoteSigner.ImportPkcs8(next.Card.LogKey.Name, Log.ExportPkcs8());
            Card = next;
            Cards.Add(next);
            Events.Add(made);
        }

        return made;
    }

    public static LogCut Cut(int day, long heldSize, long seenSize) => new(Hash256.Of("restored"u8), heldSize, Day(day - 1), seenSize, Hash256.Of("seen"u8));

    public SignedNodeCard NewCard(DateTimeOffset issued, SignedNodeCard? previous = null)
    {
        SignedNodeCard card = new NodeCard(Partner, "Alpha", new Uri("https://node.example:7443/"), Signing.VerificationKey, Log.Verifier, Witness.Verifier, Recovery.VerificationKey,
            [new SpkiPin(Hash256.Of("tls"u8))], [], issued, previous?.Id, previous is null ? 0 : previous.Card.Sequence + 1).Sign(Signing);
        if (Cards.Count == 0)
        {
            Cards.Add(card);
        }

        return card;
    }

    private static NoteSigner NewLog() => NoteSigner.Generate(LogName);

    private static NoteSigner NewWitness() => NoteSigner.Generate("ssashare/alpha/witness", NoteSignatureType.CosignatureV1);
}
