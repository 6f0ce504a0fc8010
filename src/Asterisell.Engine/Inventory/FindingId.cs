namespace Asterisell.Engine.Inventory;

/// <summary>Stable identifiers of findings; tests and scripts rely on them.</summary>
internal static class FindingId
{
    public const string NotReadable = nameof(NotReadable);
    public const string TooLarge = nameof(TooLarge);
    public const string EmptyFile = nameof(EmptyFile);
    public const string InvalidEncoding = nameof(InvalidEncoding);
    public const string InvalidCharacter = nameof(InvalidCharacter);
    public const string TabIndentation = nameof(TabIndentation);
    public const string SyntaxError = nameof(SyntaxError);
    public const string MergeConflict = nameof(MergeConflict);
    public const string SeveralDocuments = nameof(SeveralDocuments);
    public const string TooDeep = nameof(TooDeep);
    public const string TooManyNodes = nameof(TooManyNodes);
    public const string TooManyEntries = nameof(TooManyEntries);
    public const string UnknownAlias = nameof(UnknownAlias);
    public const string UnknownTag = nameof(UnknownTag);
    public const string DuplicateKey = nameof(DuplicateKey);
    public const string ComplexKey = nameof(ComplexKey);
    public const string TooManyFindings = nameof(TooManyFindings);

    public const string UnknownKey = nameof(UnknownKey);
    public const string MissingKey = nameof(MissingKey);
    public const string MissingValue = nameof(MissingValue);
    public const string WrongType = nameof(WrongType);
    public const string InvalidValue = nameof(InvalidValue);
    public const string DuplicateValue = nameof(DuplicateValue);
    public const string UnsupportedVersion = nameof(UnsupportedVersion);
    public const string LiteralSecret = nameof(LiteralSecret);

    public const string UnknownHost = nameof(UnknownHost);
    public const string MissingHost = nameof(MissingHost);
    public const string UnknownTemplate = nameof(UnknownTemplate);
    public const string UnknownTarget = nameof(UnknownTarget);
    public const string TemplateCycle = nameof(TemplateCycle);
    public const string DuplicateInstance = nameof(DuplicateInstance);
    public const string DuplicatePort = nameof(DuplicatePort);
    public const string SharedEndpoint = nameof(SharedEndpoint);
    public const string UnencryptedEndpoint = nameof(UnencryptedEndpoint);
    public const string IncompleteCertificate = nameof(IncompleteCertificate);
    public const string PortWithoutCertificate = nameof(PortWithoutCertificate);
    public const string ImageConflict = nameof(ImageConflict);
    public const string IncompleteTarget = nameof(IncompleteTarget);
    public const string UnusableRetention = nameof(UnusableRetention);
}
