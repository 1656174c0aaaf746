using System.CommandLine;
using System.CommandLine.Parsing;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Cli;

/// <summary>ssa key generate, ssa key import-pkcs11.</summary>
internal static class TokenKeyCommands
{
    private const string Example = "\"pkcs11:token=atlantic;object=signing?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/etc/ssashare/pin\"";

    public static Command Generate()
    {
        var dir = NodeOptions.Dir();
        var uri = Uri("--pkcs11", "Where the key is to be: token, object and module-path, and pin-source for its PIN.", required: true);
        var algorithm = Algorithm("--algorithm", "A signing key's is ecdsa-p256-sha256; a log's and a witness's ed25519.");
        return new Command("generate", $"Make a key pair in a PKCS#11 token, which never gives the private key away. 'ssa node init' then takes it.\n\nExample:\n  ssa key generate --pkcs11 {Example}") { uri, algorithm, dir }
            .Does((parsed, _) =>
            {
                using var key = TokenKeys.Generate(parsed.GetValue(uri)!, parsed.Chosen(algorithm), Passphrases.Of(parsed.Folder(dir)));
                Console.WriteLine($"public key  {key.VerificationKey}");
                Console.WriteLine($"key id      {key.Id}");
                return Task.FromResult(ExitCodes.Ok);
            });
    }

    public static Command Import()
    {
        var dir = NodeOptions.Dir();
        var uri = Uri("--pkcs11", "Where the key goes: token, object and module-path, and pin-source for its PIN.", required: true);
        var which = new Option<string>("--key") { Description = "Which of the node's keys: signing, log, witness or recovery.", Required = true, HelpName = "NAME" };
        which.AcceptOnlyFromAmong("signing", "log", "witness", "recovery");
        return new Command("import-pkcs11", $"Move a key of a node from its file into a PKCS#11 token. The node stays who it is; copies of the file stay valid, so a key made in the token is better.\n\nExample:\n  ssa key import-pkcs11 --dir atlantic --key signing --pkcs11 {Example}") { dir, which, uri }
            .Does((parsed, _) =>
            {
                var folder = parsed.Folder(dir);
                string path = parsed.GetValue(which) switch
                {
                    "signing" => folder.SigningKeyFile,
                    "log" => folder.LogKeyFile,
                    "witness" => folder.WitnessKeyFile,
                    _ => folder.RecoveryKeyFile,
                };
                var key = KeyFile.MoveToToken(path, parsed.GetValue(uri)!, Passphrases.Of(folder));
                Console.WriteLine($"{path}  {key.Id}");
                return Task.FromResult(ExitCodes.Ok);
            });
    }

    /// <summary>An option that takes a PKCS#11 URI.</summary>
    public static Option<Pkcs11Uri?> Uri(string name, string description, bool required = false) => new(name)
    {
        Description = description,
        Required = required,
        HelpName = "URI",
        CustomParser = given =>
        {
            if (!Pkcs11Uri.TryParse(given.Tokens[0].Value, out var uri, out string? fault)) given.AddError($"{name}: {fault}");
            return uri;
        },
    };

    /// <summary>What an option of <see cref="Algorithm"/> says, or its default.</summary>
    public static SignatureAlgorithm Chosen(this ParseResult parsed, Option<SignatureAlgorithm> option)
        => parsed.GetValue(option) is var chosen and not SignatureAlgorithm.None ? chosen : SignatureAlgorithm.EcdsaP256Sha256;

    /// <summary>An option that takes an algorithm's name.</summary>
    public static Option<SignatureAlgorithm> Algorithm(string name, string description) => new(name)
    {
        Description = $"{description} Default: {SignatureAlgorithm.EcdsaP256Sha256.Name()}.",
        CustomParser = given => Read(name, given),
        HelpName = "NAME",
    };

    private static SignatureAlgorithm Read(string name, ArgumentResult given)
    {
        string text = given.Tokens[0].Value;
        if (!SignatureAlgorithmNames.TryParse(text, out var algorithm))
            given.AddError($"{name} is '{text}'; expected one of {string.Join(", ", Enum.GetValues<SignatureAlgorithm>().Where(one => one != SignatureAlgorithm.None).Select(one => one.Name()))}.");
        return algorithm;
    }
}
